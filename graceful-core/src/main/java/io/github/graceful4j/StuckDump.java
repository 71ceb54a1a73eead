package io.github.graceful4j;

import io.github.graceful4j.job.StuckThread;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Prints which jobs still run and where, when the process is about to be halted. Straight to a stream, as the logging
 * backend may be what hangs; and on a thread of its own, as the stream may be.
 *
 * <p>Thread-safe, as it is immutable.
 */
final class StuckDump {

    private static final long MILLIS_TO_PRINT = 500;

    private final Supplier<Stream<JobRun>> runs;
    private final PrintStream target;

    StuckDump(Supplier<Stream<JobRun>> runs, PrintStream target) {
        this.runs = runs;
        this.target = target;
    }

    /** Prints under a heading, and returns when that is done or has taken too long. */
    void print(String heading) {
        CompletableFuture<Void> printed = CompletableFuture.runAsync(
                () -> target.println(text(heading)),
                work -> JobThreads.platform().newThread("graceful-dump", work).start());
        try {
            printed.get(MILLIS_TO_PRINT, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // What could not be said in time must not keep the process from ending.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String text(String heading) {
        StringBuilder text = new StringBuilder(heading);
        runs.get().filter(run -> !run.finished().isDone()).forEach(run -> {
            StuckThread where = run.whereabouts();
            if (where != null) {
                text.append("\njob '").append(run.name()).append("' in ").append(StackText.of(where));
            }
        });
        return text.toString();
    }
}
