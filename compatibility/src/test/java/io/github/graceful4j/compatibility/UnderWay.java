package io.github.graceful4j.compatibility;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.report.JobProgress;
import io.github.graceful4j.report.ShutdownProgress;
import io.github.graceful4j.spring.ShutdownJob;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A task that a library has under way when the application closes, and a shutdown job that looks at it. */
class UnderWay {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicReference<@Nullable Boolean> seen = new AtomicReference<>();

    void work() {
        begun.countDown();
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            return; // it did not end as it should
        }
        ended.set(true);
    }

    @ShutdownJob
    void look() {
        seen.set(ended.get());
    }

    void awaitBegin() throws InterruptedException {
        begun.await();
    }

    /** Lets the task end as soon as a work source has it under way in the shutdown. */
    void endWhenWaitedFor(GracefulManager manager) {
        while (!isWaitedFor(manager.progress())) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();
    }

    private static boolean isWaitedFor(@Nullable ShutdownProgress progress) {
        return progress != null && progress.jobs().stream().anyMatch(UnderWay::isWaitedFor);
    }

    private static boolean isWaitedFor(JobProgress job) {
        return job.snapshot().kind() == JobKind.SOURCE
                && job.where() != null
                && job.where().name().endsWith(" under way");
    }

    /** Returns whether the task had ended when the shutdown job looked; {@code null} if it never did. */
    @Nullable
    Boolean endedBeforeShutdownJobs() {
        return seen.get();
    }
}
