package io.github.graceful4j.benchmarks.trial.parked;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Tasks of an executor, interrupted by its {@code shutdownNow}. */
public final class ExecutorJobs implements ParkedJobs {

    private @Nullable ExecutorService executor;

    /** Creates the candidate. */
    public ExecutorJobs() {}

    @Override
    public void start(List<String> names, Runnable begun) throws ReflectiveOperationException {
        ExecutorService started = VirtualThreads.executor();
        for (int job = 0; job < names.size(); job++) {
            started.execute(() -> {
                begun.run();
                awaitInterrupt();
            });
        }
        executor = started;
    }

    /** Parks by itself: whoever leaves the queue of something shared has to look through all of it. */
    static void awaitInterrupt() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
    }

    @Override
    public void stop() throws InterruptedException {
        if (executor != null) {
            executor.shutdownNow();
            if (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("The executor did not end");
            }
            executor = null;
        }
    }
}
