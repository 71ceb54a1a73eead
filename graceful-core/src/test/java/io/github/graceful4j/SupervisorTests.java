package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.ManualTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SupervisorTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final GracefulManager manager =
            GracefulManager.builder().ticker(ticker).signals(false).build();
    private final IOException failure = new IOException("no connection");
    private final AtomicInteger attempts = new AtomicInteger();

    private final Job failing = context -> {
        attempts.incrementAndGet();
        throw failure;
    };

    private static RunningJobOptions with(FailurePolicy policy) {
        return RunningJobOptions.defaults().withFailurePolicy(policy);
    }

    private JobSnapshot snapshot() {
        return manager.jobs().get(0);
    }

    private void awaitState(JobState state) {
        Waiting.until(() -> snapshot().state() == state);
    }

    /** Moves time on until the job, which backs off, is run again and has failed again. */
    private void passBackOff(Duration atMost) throws InterruptedException {
        ticker.awaitParkedWithin(atMost);
        int before = attempts.get();
        ticker.advance(atMost);
        Waiting.until(() -> attempts.get() > before);
    }

    @Test
    @DisplayName("C12: by default a failure is recorded, and others go on")
    void recordsByDefault() throws Exception {
        manager.addRunningJob("fails", failing);
        manager.addRunningJob("other", JobContext::awaitCancellation);
        awaitState(JobState.ENDED);

        assertThat(manager.state()).isEqualTo(ManagerState.STARTED);
        assertThat(snapshot().outcome()).isEqualTo(JobOutcome.FAILED);
        assertThat(snapshot().lastFailure()).isSameAs(failure);
        assertThat(manager.jobs().get(1).state()).isEqualTo(JobState.ACTIVE);
        Waiting.forResult(manager.shutdown(REASON));
        assertThat(attempts).hasValue(1);
    }

    @Test
    @DisplayName("C12: SHUT_DOWN cancels the others, and the failure becomes the reason")
    void shutsDown() throws Exception {
        manager.addRunningJob("other", JobContext::awaitCancellation);
        manager.addRunningJob("fails", failing, with(FailurePolicy.shutDown()));

        ShutdownReport report = Waiting.forResult(manager.done());

        assertThat(report.reason()).isEqualTo(ShutdownReason.jobFailed("fails", failure));
        assertThat(report.reason()).hasToString("job 'fails' failed: java.io.IOException: no connection");
        assertThat(report.jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.COMPLETED, JobOutcome.FAILED);
    }

    @Test
    @DisplayName("C12: SHUT_DOWN has no effect on a job that ends without a failure")
    void endWithoutFailureShutsNothingDown() throws Exception {
        CompletableFuture<Thread> ending = new CompletableFuture<>();
        manager.addRunningJob(
                "ends", context -> ending.complete(Thread.currentThread()), with(FailurePolicy.shutDown()));
        // What follows from an end is seen to on the job's own thread.
        Waiting.forResult(ending).join();

        assertThat(manager.state()).isEqualTo(ManagerState.STARTED);
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C12: a failure while shutting down does not become the reason")
    void laterFailureIsNotTheReason() throws Exception {
        manager.addRunningJob(
                "fails",
                context -> {
                    context.awaitCancellation();
                    throw failure;
                },
                with(FailurePolicy.shutDown()));

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.reason()).isEqualTo(REASON);
        assertThat(report.errors()).extracting(RecordedError::thrown).containsExactly(failure);
    }

    @Test
    @DisplayName("C12: RESTART runs the job again after a delay that jitter shortens by up to half")
    void restartsAfterADelay() throws Exception {
        manager.addRunningJob("flaky", failing, with(FailurePolicy.restart()));
        ticker.awaitParkedWithin(Duration.ofSeconds(1));
        ticker.advance(Duration.ofMillis(500));
        assertThat(attempts).hasValue(1);
        assertThat(snapshot().state()).isEqualTo(JobState.BACKING_OFF);
        assertThat(snapshot().restarts()).isZero();
        assertThat(snapshot().lastFailure()).isSameAs(failure);

        ticker.advance(Duration.ofMillis(500));

        Waiting.until(() -> attempts.get() == 2);
        Waiting.until(() -> snapshot().restarts() == 1);
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C12: the delay doubles from restart to restart, up to the longest")
    void delayDoubles() throws Exception {
        FailurePolicy policy = FailurePolicy.restart().withDelay(Duration.ofSeconds(1), Duration.ofSeconds(3));
        manager.addRunningJob("flaky", failing, with(policy));
        passBackOff(Duration.ofSeconds(1));

        ticker.awaitParkedWithin(Duration.ofSeconds(2));
        ticker.advance(Duration.ofSeconds(1));
        assertThat(attempts).hasValue(2);
        ticker.advance(Duration.ofSeconds(1));
        Waiting.until(() -> attempts.get() == 3);

        ticker.awaitParkedWithin(Duration.ofSeconds(3));
        ticker.advance(Duration.ofMillis(1_500));
        assertThat(attempts).hasValue(3);
        ticker.advance(Duration.ofMillis(1_500));
        Waiting.until(() -> attempts.get() == 4);
        Waiting.forResult(manager.shutdown(REASON));
        assertThat(manager.errors()).hasSize(4);
    }

    @Test
    @DisplayName("C12: a job that ran well for a while starts again with the first delay")
    void delayStartsOverAfterAWhile() throws Exception {
        FailurePolicy policy = FailurePolicy.restart().withDelay(Duration.ofSeconds(1), Duration.ofSeconds(8));
        CompletableFuture<String> mayFail = new CompletableFuture<>();
        manager.addRunningJob(
                "flaky",
                context -> {
                    if (attempts.incrementAndGet() == 3) {
                        Waiting.forResult(mayFail);
                    }
                    throw failure;
                },
                with(policy));
        passBackOff(Duration.ofSeconds(1));
        passBackOff(Duration.ofSeconds(2));

        ticker.advance(Duration.ofSeconds(8));
        mayFail.complete("now");
        passBackOff(Duration.ofSeconds(1));

        assertThat(attempts).hasValue(4);
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C12: after the last restart a failure is recorded")
    void recordsAfterTheLimit() throws Exception {
        manager.addRunningJob("flaky", failing, with(FailurePolicy.restart().withLimit(2, Deadline.UNLIMITED)));
        passBackOff(Duration.ofSeconds(1));
        passBackOff(Duration.ofSeconds(2));
        awaitState(JobState.ENDED);

        assertThat(snapshot().restarts()).isEqualTo(2);
        assertThat(manager.errors()).hasSize(3);
        assertThat(manager.state()).isEqualTo(ManagerState.STARTED);
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C12: after the last restart a failure shuts down, if the policy says so")
    void shutsDownAfterTheLimit() throws Exception {
        FailurePolicy policy = FailurePolicy.restart().withLimitThenShutDown(1, Deadline.UNLIMITED);
        manager.addRunningJob("flaky", failing, with(policy));
        passBackOff(Duration.ofSeconds(1));

        assertThat(Waiting.forResult(manager.done()).reason()).isEqualTo(ShutdownReason.jobFailed("flaky", failure));
    }

    @Test
    @DisplayName("C12: cancellation ends a back-off at once")
    void cancellationEndsBackOff() throws Exception {
        manager.addRunningJob("flaky", failing, with(FailurePolicy.restart()));
        awaitState(JobState.BACKING_OFF);

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.elapsed()).isZero();
        assertThat(report.jobs()).extracting(JobResult::outcome).containsExactly(JobOutcome.COMPLETED);
        assertThat(attempts).hasValue(1);
    }

    @Test
    @DisplayName("C12: a job that restored its interrupt before it threw is restarted all the same")
    void restoredInterruptDoesNotEndBackOff() throws Exception {
        manager.addRunningJob(
                "flaky",
                context -> {
                    attempts.incrementAndGet();
                    Thread.currentThread().interrupt();
                    throw failure;
                },
                with(FailurePolicy.restart()));

        passBackOff(Duration.ofSeconds(1));

        assertThat(attempts).hasValue(2);
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C12: a restarted job starts without the callbacks of its earlier attempt")
    void restartForgetsCallbacks() throws Exception {
        AtomicInteger called = new AtomicInteger();
        manager.addRunningJob(
                "flaky",
                context -> {
                    context.onCancel(called::incrementAndGet);
                    if (attempts.incrementAndGet() == 1) {
                        throw failure;
                    }
                    context.awaitCancellation();
                },
                with(FailurePolicy.restart()));
        passBackOff(Duration.ofSeconds(1));
        awaitState(JobState.ACTIVE);

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(called).hasValue(1);
    }

    @Test
    @DisplayName("C12: the shortest delay grows as any other, so that a job which fails for ever does not run hot")
    void shortestDelayGrows() throws Exception {
        FailurePolicy policy = FailurePolicy.restart()
                .withDelay(Duration.ofMillis(1), Duration.ofMillis(4))
                .withLimit(5, Deadline.UNLIMITED);

        manager.addRunningJob("flaky", failing, with(policy));
        passBackOff(Duration.ofMillis(1));
        for (int millis : new int[] {2, 4, 4, 4}) {
            ticker.awaitParkedWithin(Duration.ofMillis(millis));
            // It waits for more than half of the delay.
            ticker.advance(Duration.ofMillis(millis / 2).minusNanos(1));
            assertThat(snapshot().state()).isEqualTo(JobState.BACKING_OFF);
            passBackOff(Duration.ofMillis(millis));
        }
        awaitState(JobState.ENDED);

        assertThat(attempts).hasValue(6);
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C12: only the restarts within the window count, so that a failure now and then never uses them up")
    void limitCountsWithinAWindow() throws Exception {
        FailurePolicy policy = FailurePolicy.restart()
                .withDelay(Duration.ofSeconds(1), Duration.ofSeconds(1))
                .withLimit(2, Duration.ofSeconds(10));
        manager.addRunningJob("flaky", failing, with(policy));

        // The third failure comes two seconds after the first; then the window has moved on by a restart each time.
        passBackOff(Duration.ofSeconds(1));
        ticker.awaitParkedWithin(Duration.ofSeconds(1));
        ticker.advance(Duration.ofSeconds(1));
        awaitState(JobState.ENDED);
        assertThat(attempts).hasValue(3);

        attempts.set(0);
        manager.jobControl().start("flaky");
        for (int i = 0; i < 10; i++) {
            ticker.awaitParkedWithin(Duration.ofSeconds(1));
            passBackOff(Duration.ofSeconds(10));
        }
        assertThat(attempts).hasValue(11);
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C12: delays as long as a duration can be overflow nothing")
    void longestDelays() throws Exception {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        CompletableFuture<JobContext> context = new CompletableFuture<>();
        manager.addRunningJob(
                "patient",
                running -> {
                    context.complete(running);
                    failing.run(running);
                },
                with(FailurePolicy.restart().withDelay(longest, longest)));
        Waiting.forResult(context);

        awaitState(JobState.BACKING_OFF);

        Waiting.forResult(manager.shutdown(REASON));
        assertThat(attempts).hasValue(1);
    }
}
