package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.job.StuckThread;
import io.github.graceful4j.report.JobProgress;
import io.github.graceful4j.report.PlainText;
import io.github.graceful4j.report.ShutdownProgress;
import io.github.graceful4j.spi.SignalHandler;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Prints what still runs, and halts the process. Straight to the stream of errors, as the logging backend may be what
 * hangs; and on a thread of its own, as the stream may be.
 */
final class StillRunning {

    private static final int EXIT_CODE_OF_SIGNAL = 128;
    private static final long MILLIS_TO_PRINT = 500;

    private StillRunning() {}

    /** Does so for all contexts, with the exit code of a signal; does not return. */
    static void printAndHalt(List<SignalledContext> contexts, SignalHandler.Arrival arrival) {
        try {
            CountDownLatch printed = new CountDownLatch(1);
            Thread printer = new Thread(
                    () -> {
                        print(contexts, arrival.signal(), System.err);
                        printed.countDown();
                    },
                    "graceful-dump");
            printer.setDaemon(true);
            printer.start();
            printed.await(MILLIS_TO_PRINT, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE_OF_SIGNAL + arrival.number());
        }
    }

    private static void print(List<SignalledContext> contexts, String signal, PrintStream target) {
        target.println("Received " + signal + " while shutting down; halting. Still running:");
        for (SignalledContext each : contexts) {
            ShutdownProgress progress = each.manager().progress();
            if (progress != null) {
                progress.jobs().forEach(job -> print(job, target));
            }
            print("start", each, each.startingThread(), target);
            print("close", each, each.closingThread(), target);
        }
    }

    private static void print(String what, SignalledContext of, @Nullable Thread thread, PrintStream target) {
        if (thread != null) {
            target.println(what + " of application context '" + of.context().getId() + "' in thread '"
                    + thread.getName() + "'");
            print(Arrays.asList(thread.getStackTrace()), target);
        }
    }

    private static void print(JobProgress job, PrintStream target) {
        StuckThread where = job.where();
        if (where != null) {
            target.println("job '" + PlainText.of(job.snapshot().job()) + "' in thread '" + where.name() + "'");
            print(where.stack(), target);
        }
    }

    private static void print(List<StackTraceElement> stack, PrintStream target) {
        stack.forEach(frame -> target.println("\tat " + frame));
    }
}
