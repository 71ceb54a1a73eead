package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.ShutdownReason;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many jobs are in which state, as a manager counts them and as its jobs say themselves. */
@Timeout(60)
class JobCountsTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final GracefulManager manager =
            GracefulManager.builder().signals(false).autoStart(false).build();

    private static boolean areCountsRight(GracefulManager manager) {
        try {
            assertThatCountsAreRight(manager);
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    /** Compares each count with what a look at all jobs says, while nothing changes. */
    static void assertThatCountsAreRight(GracefulManager manager) {
        for (JobKind kind : JobKind.values()) {
            for (JobState state : JobState.values()) {
                assertThat(manager.jobCount(kind, state))
                        .as("%s jobs %s", kind, state)
                        .isEqualTo(manager.jobs().stream()
                                .filter(job -> job.kind() == kind && job.state() == state)
                                .count());
            }
        }
    }

    private void assertThatAre(int count, JobKind kind, JobState state) {
        // Others may still be on their way, and are counted a moment after they have moved.
        Waiting.until(() -> manager.jobCount(kind, state) == count && areCountsRight(manager));
    }

    private JobSnapshot snapshot(String name) {
        return Objects.requireNonNull(manager.jobs().stream()
                .filter(job -> job.job().equals(name))
                .findFirst()
                .orElse(null));
    }

    @Test
    @DisplayName("C22: jobs are counted by their state from their registration until they are forgotten")
    void jobsAreCounted() throws Exception {
        Registration running = manager.addRunningJob("poll", JobContext::awaitCancellation);
        Registration closing = manager.addShutdownJob("close", context -> {});
        manager.addRunningJob("once", context -> {});
        assertThatAre(2, JobKind.RUNNING, JobState.WAITING);
        assertThatAre(1, JobKind.SHUTDOWN, JobState.WAITING);

        manager.start();
        assertThatAre(1, JobKind.RUNNING, JobState.ACTIVE);
        assertThatAre(1, JobKind.RUNNING, JobState.ENDED);

        running.stop().toCompletableFuture().join();
        assertThatAre(1, JobKind.RUNNING, JobState.STOPPED);
        manager.jobControl().start("poll");
        assertThatAre(1, JobKind.RUNNING, JobState.ACTIVE);
        manager.jobControl().start("once");
        assertThatAre(1, JobKind.RUNNING, JobState.ENDED);

        closing.forget();
        running.forget();
        Waiting.until(() -> manager.jobs().size() == 1);
        assertThatAre(0, JobKind.SHUTDOWN, JobState.WAITING);
        assertThatAre(0, JobKind.RUNNING, JobState.ACTIVE);
    }

    @Test
    @DisplayName("C22: a job that waits to be started again is counted as that")
    void backingOffIsCounted() {
        manager.addRunningJob(
                "bad",
                context -> {
                    throw new IllegalStateException("expected");
                },
                RunningJobOptions.defaults()
                        .withFailurePolicy(
                                FailurePolicy.restart().withDelay(Duration.ofHours(1), Duration.ofHours(1))));

        manager.start();

        assertThatAre(1, JobKind.RUNNING, JobState.BACKING_OFF);
        assertThat(snapshot("bad").state()).isEqualTo(JobState.BACKING_OFF);
        manager.jobControl().stop("bad").toCompletableFuture().join();
        assertThatAre(1, JobKind.RUNNING, JobState.STOPPED);
    }

    @Test
    @DisplayName("C22: a shutdown moves each job to where it ends")
    void shutdownIsCounted() throws Exception {
        StubbornJob stubborn = new StubbornJob();
        CountDownLatch release = new CountDownLatch(1);
        manager.addRunningJob("stubborn", stubborn);
        manager.addRunningJob("poll", JobContext::awaitCancellation);
        manager.addShutdownJob("close", context -> release.await());
        manager.start();
        Waiting.forResult(stubborn.started);

        var done = manager.shutdown(REASON);
        assertThatAre(1, JobKind.RUNNING, JobState.STOPPING);
        stubborn.end();
        assertThatAre(2, JobKind.RUNNING, JobState.ENDED);
        assertThatAre(1, JobKind.SHUTDOWN, JobState.ACTIVE);
        release.countDown();
        Waiting.forResult(done);
        assertThatAre(1, JobKind.SHUTDOWN, JobState.ENDED);
    }

    @Test
    @DisplayName("C22: a job that was started again is counted as active, and not among those that wait for it")
    void restartedIsCounted() throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        manager.addRunningJob(
                "once bad",
                context -> {
                    if (!failed.getAndSet(true)) {
                        throw new IllegalStateException("expected");
                    }
                    context.awaitCancellation();
                },
                RunningJobOptions.defaults()
                        .withFailurePolicy(
                                FailurePolicy.restart().withDelay(Duration.ofMillis(1), Duration.ofMillis(1))));

        manager.start();
        Waiting.until(() -> snapshot("once bad").restarts() == 1);

        assertThatAre(1, JobKind.RUNNING, JobState.ACTIVE);
        assertThatAre(0, JobKind.RUNNING, JobState.BACKING_OFF);
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C22: a job that was stopped while it waited to be started again is active once it is started by name")
    void stoppedWhileBackingOffIsCounted() throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        manager.addRunningJob(
                "once bad",
                context -> {
                    if (!failed.getAndSet(true)) {
                        throw new IllegalStateException("expected");
                    }
                    context.awaitCancellation();
                },
                RunningJobOptions.defaults()
                        .withFailurePolicy(
                                FailurePolicy.restart().withDelay(Duration.ofHours(1), Duration.ofHours(1))));
        manager.start();
        assertThatAre(1, JobKind.RUNNING, JobState.BACKING_OFF);

        manager.jobControl().stop("once bad").toCompletableFuture().join();
        manager.jobControl().start("once bad");

        assertThatAre(1, JobKind.RUNNING, JobState.ACTIVE);
        Waiting.forResult(manager.shutdown(REASON));
    }
}
