package io.github.graceful4j.spring.report;

import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Lets the report outlive the process: it is written to a file, and as the termination message of the container.
 * Whatever goes wrong with that is a warning, and never fails a start or a shutdown.
 *
 * <p>Thread-safe: all that changes is guarded by {@code this}.
 */
public final class ReportKeeper implements ShutdownListener, DisposableBean {

    /** What Kubernetes keeps, as "Determine the reason for pod failure" of its documentation says. */
    private static final int MOST_BYTES = 4096;

    private static final Logger logger = LoggerFactory.getLogger(ReportKeeper.class);

    private final ReportSettings settings;
    private final PreviousShutdown previous;
    private @Nullable ReportStore store;
    private boolean running;
    private @Nullable Instant runningSince;
    private boolean closed;

    /**
     * Opens the file, and reads the report of the last process.
     *
     * @param settings where reports are kept
     */
    public ReportKeeper(ReportSettings settings) {
        this.settings = settings;
        Path file = settings.file();
        this.store = file == null ? null : open(file);
        this.previous = store == null ? PreviousShutdown.unknown() : store.previous();
        if (previous.outcome().equals(PreviousShutdown.UNCLEAN)) {
            logger.warn("The last process crashed, or was killed before its shutdown was over: '{}' says so", file);
        }
    }

    private static @Nullable ReportStore open(Path file) {
        try {
            ReportStore opened = ReportStore.open(file);
            if (opened == null) {
                logger.warn(
                        "Can't keep the report of the shutdown in '{}': another application that runs keeps its own"
                                + " there; give each a file of its own in 'graceful.report.file'",
                        file);
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            logger.warn(
                    "Can't keep the report of the shutdown in '{}'; let 'graceful.report.file' name a file in a"
                            + " directory that can be written to: {}",
                    file,
                    e.toString());
            return null;
        }
    }

    /**
     * Takes note that this process may end before it has started, and so before there is a keeper. If it starts after
     * all, its keeper takes no notice of that.
     *
     * @param file the file of the report; nothing is done if there is none
     */
    public static void diesDuringStart(@Nullable Path file) {
        try (ReportStore opened = file == null ? null : ReportStore.open(file)) {
            if (opened != null && !opened.previous().outcome().equals(PreviousShutdown.UNCLEAN)) {
                opened.diesDuringStart();
            }
        } catch (IOException | RuntimeException e) {
            logger.warn("Can't note in '{}' that the process ends during its start: {}", file, e.toString());
        }
    }

    /** Returns how the last process ended. */
    public PreviousShutdown previous() {
        return previous;
    }

    /**
     * Begins to keep reports, when the application has started: only then it has something to report; one that failed
     * to start leaves all as it was.
     */
    public synchronized void begin() {
        if (!running) {
            running = true;
            begin(Instant.now());
        }
    }

    private void begin(Instant since) {
        runningSince = since;
        withStore("mark the process as running", opened -> opened.begin(since));
    }

    /** The close went on, though all seemed to be over. */
    private void reopen() {
        Path file = settings.file();
        Instant since = runningSince;
        if (file != null && since != null) {
            store = open(file);
            begin(since);
        }
    }

    /** The jobs are over, and the application is not closed yet: who reads this knows if it never comes to that. */
    @Override
    public synchronized void shutdownEnded(ShutdownReport report) {
        if (!closed) {
            write(report.incomplete());
        }
    }

    /**
     * The close of the application is over, or is not over at its deadline.
     *
     * @param report what came of the whole close up to now
     */
    public synchronized void closed(ShutdownReport report) {
        if (closed && store == null) {
            reopen();
        }
        closed = true;
        write(report);
        if (report.complete()) {
            if (running) {
                withStore("note the end of the process", ReportStore::end);
            }
            close();
        }
    }

    private void write(ShutdownReport report) {
        if (running) {
            withStore("keep the report of the shutdown", opened -> opened.write(report.toJson()));
            if (settings.html()) {
                withStore(
                        "write the page of the shutdown beside the report",
                        opened -> opened.writePage(report.toHtml()));
            }
            writeTerminationMessage(report);
        }
    }

    /** In place: the file is a mount of its own, which can't be replaced by another. */
    private void writeTerminationMessage(ShutdownReport report) {
        Path file = settings.terminationMessage();
        if (Files.isRegularFile(file)) {
            try {
                Files.writeString(file, report.toText(MOST_BYTES));
            } catch (IOException | RuntimeException e) {
                logger.warn("Can't write the termination message to '{}': {}", file, e.toString());
            }
        }
    }

    /** An application that failed to start has no report, and whatever was there stays as it was. */
    @Override
    public synchronized void destroy() {
        if (!running) {
            close();
        }
    }

    private void close() {
        withStore("close the report", ReportStore::close);
        store = null;
    }

    private void withStore(String what, StoreAction action) {
        ReportStore opened = store;
        if (opened != null) {
            try {
                action.run(opened);
            } catch (IOException | RuntimeException e) {
                logger.warn("Can't {} in '{}': {}", what, settings.file(), e.toString());
            }
        }
    }

    @FunctionalInterface
    private interface StoreAction {

        void run(ReportStore store) throws IOException;
    }
}
