package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.ManualTicker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EscalationTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final RecordingLog log = new RecordingLog();
    private final GracefulManager manager = GracefulManager.builder()
            .gracePeriod(Duration.ofSeconds(30))
            .ticker(ticker)
            .signals(false)
            .logger(log.logger())
            .build();

    private static JobResult only(ShutdownReport report) {
        assertThat(report.jobs()).hasSize(1);
        return report.jobs().get(0);
    }

    @Test
    @DisplayName("C8: a job that heeds its cancellation is completed, and never interrupted")
    void heedsCancellation() throws Exception {
        manager.addRunningJob("loop", context -> {
            while (!context.isCancelled()) {
                Thread.onSpinWait();
            }
        });

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(only(report).outcome()).isEqualTo(JobOutcome.COMPLETED);
        assertThat(only(report).stuck()).isNull();
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(log.lines(Level.WARN)).isEmpty();
    }

    @Test
    @DisplayName("C8: a job that ignores its cancellation is interrupted one lead before its deadline, not earlier")
    void isInterruptedOneLeadBefore() throws Exception {
        StubbornJob job = new StubbornJob();
        manager.addRunningJob("job", job);
        Waiting.forResult(job.started);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.awaitParked(Duration.ofSeconds(29));
        ticker.advance(Duration.ofSeconds(28));
        ticker.awaitParked(Duration.ofSeconds(1));
        assertThat(job.interrupted).isNotDone();
        ticker.advance(Duration.ofSeconds(1));
        Waiting.forResult(job.interrupted);
        job.end();

        assertThat(only(Waiting.forResult(done)).outcome()).isEqualTo(JobOutcome.INTERRUPTED);
    }

    @Test
    @DisplayName("C8: the interrupt lead is at most a tenth of the grace period")
    void leadIsAtMostATenth() throws Exception {
        GracefulManager tight = GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .gracePeriod(Duration.ofSeconds(2))
                .build();
        tight.addRunningJob("job", context -> new CountDownLatch(1).await());

        CompletableFuture<ShutdownReport> done = tight.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofMillis(1_800));

        assertThat(only(Waiting.forResult(done)).outcome()).isEqualTo(JobOutcome.INTERRUPTED);
    }

    @Test
    @DisplayName("C8: without an interrupt lead, a job is interrupted and abandoned at its deadline")
    void withoutLead() throws Exception {
        StubbornJob job = new StubbornJob();
        GracefulManager strict = GracefulManager.builder()
                .gracePeriod(Duration.ofSeconds(30))
                .ticker(ticker)
                .signals(false)
                .interruptLead(Duration.ZERO)
                .build();
        strict.addRunningJob("job", job);
        Waiting.forResult(job.started);

        CompletableFuture<ShutdownReport> done = strict.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(30));

        assertThat(only(Waiting.forResult(done)).outcome()).isEqualTo(JobOutcome.ABANDONED);
        Waiting.forResult(job.interrupted);
        job.end();
    }

    @Test
    @DisplayName("C8: a job that ignores even the interrupt is abandoned at its deadline")
    void isAbandonedAtTheDeadline() throws Exception {
        StubbornJob job = new StubbornJob();
        manager.addRunningJob("job", job);
        Waiting.forResult(job.started);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(29));
        Waiting.forResult(job.interrupted);
        assertThat(done).isNotDone();
        ticker.advanceWhenParked(Duration.ofSeconds(1));

        ShutdownReport report = Waiting.forResult(done);
        assertThat(only(report).outcome()).isEqualTo(JobOutcome.ABANDONED);
        assertThat(only(report).elapsed()).hasSeconds(30);
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.TIMED_OUT);
        job.end();
    }

    @Test
    @DisplayName("C8: one slow job is interrupted at its own timeout while others still have time")
    void ownTimeoutsAreIndependent() throws Exception {
        StubbornJob shortOne = new StubbornJob();
        StubbornJob longOne = new StubbornJob();
        manager.addRunningJob("short", shortOne, RunningJobOptions.defaults().withTimeout(Duration.ofSeconds(5)));
        manager.addRunningJob("long", longOne);
        Waiting.forResult(shortOne.started);
        Waiting.forResult(longOne.started);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofMillis(4_500));
        Waiting.forResult(shortOne.interrupted);
        ticker.advanceWhenParked(Duration.ofMillis(500));
        ticker.awaitParked(Duration.ofSeconds(24));
        assertThat(longOne.interrupted).isNotDone();
        longOne.end();

        assertThat(Waiting.forResult(done).jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.ABANDONED, JobOutcome.COMPLETED);
        shortOne.end();
    }

    @Test
    @DisplayName("C8: a shutdown job that outlasts its time is cancelled, interrupted and timed out")
    void shutdownJobTimesOut() throws Exception {
        StubbornJob job = new StubbornJob();
        CompletableFuture<String> called = new CompletableFuture<>();
        manager.addShutdownJob("close", context -> {
            context.onCancel(() -> called.complete("called"));
            job.run(context);
        });

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        JobContext context = Waiting.forResult(job.started);
        ticker.advanceWhenParked(Duration.ofSeconds(30));

        JobResult result = only(Waiting.forResult(done));
        assertThat(result.outcome()).isEqualTo(JobOutcome.TIMED_OUT);
        assertThat(context.isCancelled()).isTrue();
        Waiting.forResult(job.interrupted);
        Waiting.forResult(called);
        job.end();
    }

    @Test
    @DisplayName("C8: a shutdown job sees its cancellation, and may wait for it")
    void shutdownJobSeesCancellation() throws Exception {
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        manager.addShutdownJob("close", context -> {
            try {
                context.awaitCancellation();
            } finally {
                cancelled.complete(context.isCancelled());
            }
        });

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(30));
        Waiting.forResult(done);

        assertThat(Waiting.forResult(cancelled)).isTrue();
        assertThat(manager.errors()).extracting(RecordedError::thrown).hasOnlyElementsOfType(TimeoutException.class);
    }

    @Test
    @DisplayName("C8: a callback that does not return is part of its job, and is interrupted and abandoned with it")
    void callbackIsPartOfTheJob() throws Exception {
        StubbornJob callback = new StubbornJob();
        CompletableFuture<Thread> jobThread = new CompletableFuture<>();
        manager.addRunningJob("job", context -> {
            context.onCancel(() -> {
                try {
                    callback.run(context);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            jobThread.complete(Thread.currentThread());
            context.awaitCancellation();
        });
        Thread thread = Waiting.forResult(jobThread);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.forResult(callback.started);
        thread.join();
        ticker.advanceWhenParked(Duration.ofSeconds(29));
        Waiting.forResult(callback.interrupted);
        ticker.advanceWhenParked(Duration.ofSeconds(1));

        JobResult result = only(Waiting.forResult(done));
        assertThat(result.outcome()).isEqualTo(JobOutcome.ABANDONED);
        assertThat(Objects.requireNonNull(result.stuck()).name()).isEqualTo("graceful-job-job-cancel");
        callback.end();
    }

    @Test
    @DisplayName("C9: a job that had to be interrupted is reported with thread and stack from before the interrupt")
    void interruptedJobIsReportedWithStack() throws Exception {
        CompletableFuture<Thread> started = new CompletableFuture<>();
        manager.addRunningJob("stuck", context -> {
            started.complete(Thread.currentThread());
            stuckHere();
        });
        Thread thread = Waiting.forResult(started);
        ticker.advance(Duration.ofSeconds(5));
        Waiting.until(() -> thread.getState() == Thread.State.WAITING);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(29));

        JobResult result = only(Waiting.forResult(done));
        assertThat(result.outcome()).isEqualTo(JobOutcome.INTERRUPTED);
        assertThat(result.age()).hasSeconds(34);
        assertThat(Objects.requireNonNull(result.stuck()).name()).isEqualTo("graceful-job-stuck");
        assertThat(result.stuck().stack())
                .extracting(StackTraceElement::getMethodName)
                .contains("stuckHere")
                .doesNotContain("afterInterrupt");
        assertThat(log.lines(Level.WARN))
                .singleElement()
                .asString()
                .startsWith("Job 'stuck' ended only after it was interrupted, at an age of 34000 ms; it was at thread"
                        + " 'graceful-job-stuck'")
                .contains("EscalationTests.stuckHere");
    }

    private static void stuckHere() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("C9: an abandoned job is reported with thread and stack, in the error's stack trace too")
    void abandonedJobIsReportedWithStack() throws Exception {
        StubbornJob job = new StubbornJob();
        manager.addRunningJob("stuck", job);
        Waiting.forResult(job.started);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(29));
        ticker.advanceWhenParked(Duration.ofSeconds(1));

        ShutdownReport report = Waiting.forResult(done);
        assertThat(Objects.requireNonNull(only(report).stuck()).stack())
                .anyMatch(frame -> frame.getClassName().equals(StubbornJob.class.getName()));
        assertThat(report.errors()).singleElement().satisfies(error -> {
            assertThat(error.name()).isEqualTo("stuck");
            assertThat(error.source()).isEqualTo(RecordedError.Source.RUNNING_JOB);
            assertThat(error.thrown()).isInstanceOf(TimeoutException.class);
            assertThat(error.thrown().getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(StubbornJob.class.getName()));
        });
        assertThat(log.lines(Level.WARN))
                .singleElement()
                .asString()
                .startsWith(
                        "Job 'stuck' had not ended when its time was up, at an age of 30000 ms, and is not waited for"
                                + " any more; it was at thread 'graceful-job-stuck'");
        job.end();
    }

    @Test
    @DisplayName("C9: a shutdown begins and ends with one line each")
    void oneLineAtBeginAndEnd() throws Exception {
        manager.addShutdownJob("close", context -> {});

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(log.lines(Level.INFO))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("Shutdown began (reason: test): 1 job, to be over in 30000 ms, by 2"),
                        line -> assertThat(line)
                                .isEqualTo("Shutdown ended CLEAN after 0 ms of 30000 ms: 1 job in 1 phase, 0"
                                        + " errors"));
    }
}
