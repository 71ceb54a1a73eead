package io.github.graceful4j.spring.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.json.JsonParserFactory;

/**
 * The file with the report of the last shutdown, and beside it the marker of the process that runs. Not thread-safe.
 */
final class ReportStore implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(ReportStore.class);

    /** The version of reports that this one can read. */
    private static final int VERSION = 1;

    private final Path file;
    private final RunningMarker marker;
    private final PreviousShutdown previous;

    private ReportStore(Path file, RunningMarker marker) throws IOException {
        this.file = file;
        this.marker = marker;
        this.previous = read(file, marker.left());
    }

    /**
     * Opens the file, and reads what the last process left.
     *
     * @return the store, or {@code null} if another process or application uses the file
     * @throws IOException if a file can't be read or written there
     */
    static @Nullable ReportStore open(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path directory = absolute.getParent();
        if (directory == null || Files.isDirectory(absolute)) {
            throw new IOException("it is a directory");
        }
        Files.createDirectories(directory);
        RunningMarker marker = RunningMarker.lock(absolute.resolveSibling(absolute.getFileName() + ".running"));
        return marker == null ? null : new ReportStore(absolute, marker);
    }

    private static PreviousShutdown read(Path file, String left) {
        PreviousShutdown reported = read(file);
        if (left.isEmpty()) {
            return reported;
        }
        return isOf(left, reported)
                ? reported.unclean()
                : PreviousShutdown.unknown().unclean();
    }

    private static PreviousShutdown read(Path file) {
        try {
            return Files.exists(file) ? parse(Files.readString(file)) : PreviousShutdown.unknown();
        } catch (IOException | RuntimeException e) {
            logger.warn(
                    "Can't read the report of the last shutdown in '{}', so nothing is known of it; the next shutdown"
                            + " replaces the file: {}",
                    file,
                    e.toString());
            return PreviousShutdown.unknown();
        }
    }

    private static PreviousShutdown parse(String json) throws IOException {
        Map<String, Object> report = JsonParserFactory.getJsonParser().parseMap(json);
        if (!(report.get("version") instanceof Number version)
                || version.intValue() != VERSION
                || !(report.get("outcome") instanceof String outcome)) {
            throw new IOException("It is not a report of version " + VERSION);
        }
        return new PreviousShutdown(outcome, report, json);
    }

    /** A process that died when its shutdown was over, but not its close, has left a report of its own. */
    private static boolean isOf(String marked, PreviousShutdown reported) {
        try {
            return !Instant.parse(String.valueOf(reported.report().get("began")))
                    .isBefore(Instant.parse(marked));
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    PreviousShutdown previous() {
        return previous;
    }

    /** Notes that the process runs from now on, and has to write a report. */
    void begin() throws IOException {
        marker.set(Instant.now().toString());
    }

    void write(String json) throws IOException {
        ReportFile.replace(file, json);
    }

    /** Notes that the process has ended in order. */
    void end() throws IOException {
        marker.clear();
    }

    @Override
    public void close() throws IOException {
        marker.close();
    }
}
