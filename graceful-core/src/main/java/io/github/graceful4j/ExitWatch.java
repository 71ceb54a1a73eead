package io.github.graceful4j;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks for jobs that call {@link System#exit} while they are stopped, when the JVM is exiting already. Such a call
 * never returns, so the shutdown would wait for the job until its time is up. Nothing but the stack of the job's thread
 * tells of it, so this has to look again and again; it does so by the JVM's own time, as it looks at the JVM.
 *
 * <p>Thread-safe, as it is immutable.
 */
final class ExitWatch {

    private static final Duration INTERVAL = Duration.ofMillis(100);

    /** A look at very many jobs takes long; this is how many times as long it then waits for the next. */
    private static final int REST = 10;

    private final JvmHooks hooks;
    private final JobThreads threads;
    private final Runnable endJobsThatExit;
    private final SafeLogger logger;

    ExitWatch(JvmHooks hooks, JobThreads threads, Runnable endJobsThatExit, SafeLogger logger) {
        this.hooks = hooks;
        this.threads = threads;
        this.endJobsThatExit = endJobsThatExit;
        this.logger = logger;
    }

    /** Watches until {@code done} is, on a thread that keeps no process alive. */
    void begin(CompletableFuture<?> done) {
        CountDownLatch over = new CountDownLatch(1);
        done.whenComplete((report, failure) -> over.countDown());
        try {
            threads.newThread("graceful-exit-watch", () -> watch(over)).start();
        } catch (OutOfMemoryError e) {
            logger.debug("Can't watch for jobs that call System.exit: the JVM is out of threads", e);
        }
    }

    private void watch(CountDownLatch over) {
        try {
            long pause = INTERVAL.toNanos();
            while (!over.await(pause, TimeUnit.NANOSECONDS)) {
                long began = System.nanoTime();
                look();
                pause = Math.max(INTERVAL.toNanos(), (System.nanoTime() - began) * REST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void look() {
        if (hooks.isExiting()) {
            endJobsThatExit.run();
        }
    }
}
