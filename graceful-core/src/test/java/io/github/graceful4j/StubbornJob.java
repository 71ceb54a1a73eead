package io.github.graceful4j;

import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A job that heeds neither cancellation nor interrupts, and ends only when the test lets it. */
final class StubbornJob implements Job {

    final CompletableFuture<JobContext> started = new CompletableFuture<>();
    final CompletableFuture<@Nullable Void> interrupted = new CompletableFuture<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile @Nullable Exception failure;

    @Override
    public void run(JobContext context) throws Exception {
        started.complete(context);
        while (true) {
            try {
                release.await();
                break;
            } catch (InterruptedException e) {
                interrupted.complete(null);
            }
        }
        Exception thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }

    void end() {
        release.countDown();
    }

    void fail(Exception thrown) {
        failure = thrown;
        end();
    }
}
