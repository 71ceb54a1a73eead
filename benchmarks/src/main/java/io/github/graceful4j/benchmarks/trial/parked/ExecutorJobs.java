package io.github.graceful4j.benchmarks.trial.parked;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tasks of an executor, interrupted by its {@code shutdownNow}. */
public final class ExecutorJobs implements ParkedJobs {

    private @Nullable ExecutorService executor;

    /** Creates the candidate. */
    public ExecutorJobs() {}

    @Override
    public void start(List<String> names, Runnable begun) throws ReflectiveOperationException {
        ExecutorService started = VirtualThreads.executor();
        CountDownLatch never = new CountDownLatch(1);
        for (int job = 0; job < names.size(); job++) {
            started.execute(() -> {
                begun.run();
                awaitInterrupt(never);
            });
        }
        executor = started;
    }

    static void awaitInterrupt(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            // That is its end.
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
