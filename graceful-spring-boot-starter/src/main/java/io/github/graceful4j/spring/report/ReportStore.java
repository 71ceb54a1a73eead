package io.github.graceful4j.spring.report;

import io.github.graceful4j.report.ShutdownReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file with the report of the last shutdown, and beside it the marker of the process that runs. Not thread-safe.
 */
final class ReportStore implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(ReportStore.class);

    private static final String JSON = ".json";

    /** What this process leaves if it ends during its start. */
    private static final String OF_THIS_START = "start " + UUID.randomUUID();

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
        if (left.isEmpty() || left.equals(OF_THIS_START)) {
            return reported;
        }
        return isOf(left, reported)
                ? reported.unclean()
                : PreviousShutdown.unknown().unclean();
    }

    private static PreviousShutdown read(Path file) {
        try {
            return Files.exists(file) ? PreviousShutdown.of(Files.readString(file)) : PreviousShutdown.unknown();
        } catch (IOException | RuntimeException e) {
            logger.warn(
                    "Can't read the report of the last shutdown in '{}', so nothing is known of it; the next shutdown"
                            + " replaces the file: {}",
                    file,
                    e.toString());
            return PreviousShutdown.unknown();
        }
    }

    /** A process that died when its shutdown was over, but not its close, has left a report of its own. */
    private static boolean isOf(String marked, PreviousShutdown reported) {
        ShutdownReport report = reported.report();
        try {
            return report != null && !report.began().isBefore(Instant.parse(marked));
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    PreviousShutdown previous() {
        return previous;
    }

    /** Notes since when the process runs, and that it has to write a report. */
    void begin(Instant since) throws IOException {
        marker.set(since.toString());
    }

    void write(String json) throws IOException {
        ReportFile.replace(file, json);
    }

    /** Writes the report as a page beside the file: {@code shutdown.html} beside {@code shutdown.json}. */
    void writePage(String html) throws IOException {
        String name = file.getFileName().toString();
        String stem = name.endsWith(JSON) ? name.substring(0, name.length() - JSON.length()) : name;
        ReportFile.replace(file.resolveSibling(stem + ".html"), html);
    }

    /** Notes that the process may end before it has started. */
    void diesDuringStart() throws IOException {
        marker.set(OF_THIS_START);
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
