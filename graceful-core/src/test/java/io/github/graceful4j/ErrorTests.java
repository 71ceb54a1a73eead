package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import ch.qos.logback.classic.Level;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.RecordedError.Source;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.ManualTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ErrorTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final RecordingLog log = new RecordingLog();
    private final GracefulManager manager = GracefulManager.builder()
            .gracePeriod(Duration.ofSeconds(30))
            .ticker(ticker)
            .signals(false)
            .logger(log.logger())
            .build();

    @Test
    @DisplayName("C11: two running and two shutdown jobs fail: four errors, each the original throwable")
    void everythingThrownIsKept() throws Exception {
        IOException checked = new IOException("checked");
        IllegalStateException unchecked = new IllegalStateException("unchecked");
        StackOverflowError error = new StackOverflowError("error");
        AssertionError assertion = new AssertionError("assertion");
        manager.addRunningJob("r1", context -> {
            throw checked;
        });
        manager.addRunningJob("r2", context -> {
            context.awaitCancellation();
            throw unchecked;
        });
        manager.addShutdownJob("s1", context -> {
            throw error;
        });
        manager.addShutdownJob("s2", context -> {
            throw assertion;
        });

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.errors())
                .extracting(RecordedError::name, RecordedError::source, RecordedError::thrown)
                .containsExactlyInAnyOrder(
                        tuple("r1", Source.RUNNING_JOB, checked),
                        tuple("r2", Source.RUNNING_JOB, unchecked),
                        tuple("s1", Source.SHUTDOWN_JOB, error),
                        tuple("s2", Source.SHUTDOWN_JOB, assertion));
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.FAILED);
        assertThat(report.jobs()).extracting(JobResult::outcome).containsOnly(JobOutcome.FAILED);
        assertThat(log.lines(Level.WARN))
                .containsExactlyInAnyOrder("Job 'r1' failed", "Job 'r2' failed", "Job 's1' failed", "Job 's2' failed");
    }

    @Test
    @DisplayName("C11: errors() is an immutable copy")
    void errorsAreACopy() throws Exception {
        manager.addShutdownJob("close", context -> {
            throw new IOException("close");
        });
        List<RecordedError> before = manager.errors();

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(before).isEmpty();
        assertThat(manager.errors()).hasSize(1);
        assertThatThrownBy(() -> manager.errors().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @DisplayName("C11: an earlier failure and a timeout are both kept, by name")
    void failureAndTimeoutAreBothKept() throws Exception {
        StubbornJob stuck = new StubbornJob();
        manager.addRunningJob("fails", context -> {
            throw new IOException("early");
        });
        manager.addShutdownJob("stuck", stuck);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(30));

        assertThat(Waiting.forResult(done).errors())
                .extracting(RecordedError::name, error -> error.thrown().getClass())
                .containsExactly(tuple("fails", IOException.class), tuple("stuck", TimeoutException.class));
        stuck.end();
    }

    @Test
    @DisplayName("C11: what an abandoned job throws after the shutdown is still recorded")
    void lateFailureIsRecorded() throws Exception {
        StubbornJob stuck = new StubbornJob();
        IOException late = new IOException("late");
        manager.addRunningJob("stuck", stuck);
        Waiting.forResult(stuck.started);
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(29));
        ticker.advanceWhenParked(Duration.ofSeconds(1));
        ShutdownReport report = Waiting.forResult(done);

        stuck.fail(late);
        Waiting.until(() -> manager.errors().size() == 2);

        assertThat(manager.errors().get(1)).isEqualTo(new RecordedError("stuck", Source.RUNNING_JOB, late));
        assertThat(report.errors()).hasSize(1);
        assertThat(report.jobs()).extracting(JobResult::outcome).containsExactly(JobOutcome.ABANDONED);
        Waiting.until(() -> log.lines(Level.WARN).contains("Job 'stuck' failed after it was given up"));
    }

    @Test
    @DisplayName("C11: what a job throws after its interrupt is kept, and the outcome says interrupted")
    void failureAfterInterruptIsKept() throws Exception {
        IOException failure = new IOException("after interrupt");
        manager.addRunningJob("job", context -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw failure;
            }
        });

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(29));

        ShutdownReport report = Waiting.forResult(done);
        assertThat(report.jobs()).extracting(JobResult::outcome).containsExactly(JobOutcome.INTERRUPTED);
        assertThat(report.errors()).extracting(RecordedError::thrown).containsExactly(failure);
    }

    @Test
    @DisplayName("C11: an exception whose message can't be told stops nothing and is kept")
    void exceptionWithoutAMessageToTell() throws Exception {
        RuntimeException nasty = new RuntimeException("nasty") {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }
        };
        CompletableFuture<JobContext> started = new CompletableFuture<>();
        manager.addRunningJob("nasty", context -> {
            context.onCancel(() -> {
                throw nasty;
            });
            started.complete(context);
            context.awaitCancellation();
            throw nasty;
        });
        Waiting.forResult(started);

        ShutdownReport report = Waiting.forResult(manager.shutdown(ShutdownReason.jobFailed("nasty", nasty)));

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.FAILED);
        assertThat(report.errors())
                .filteredOn(error -> error.source() != RecordedError.Source.LOG)
                .extracting(RecordedError::thrown)
                .containsExactly(nasty, nasty);
        // The backend asks it, too.
        assertThat(report.errors())
                .filteredOn(error -> error.source() == RecordedError.Source.LOG)
                .isNotEmpty()
                .allMatch(error -> error.thrown() instanceof IllegalStateException);
        assertThat(report.toText()).contains(nasty.getClass().getName());
    }

    @Test
    @DisplayName("C11: a logger that throws stops nothing")
    void loggerThatThrows() throws Exception {
        RecordingLog broken = new RecordingLog();
        broken.logger().addAppender(new ch.qos.logback.core.AppenderBase<>() {
            {
                setContext(broken.logger().getLoggerContext());
                start();
            }

            @Override
            protected void append(ch.qos.logback.classic.spi.ILoggingEvent event) {
                throw new StackOverflowError("log");
            }
        });
        GracefulManager logging = GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .logger(broken.logger())
                .build();
        logging.addShutdownJob("close", context -> {
            throw new IOException("close");
        });

        ShutdownReport report = Waiting.forResult(logging.shutdown(REASON));

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.FAILED);
    }

    @Test
    @DisplayName("C12: an exception that only says that the job was cancelled is no failure")
    void cancellationIsNoFailure() throws Exception {
        manager.addRunningJob("interrupted", context -> {
            context.awaitCancellation();
            throw new InterruptedException();
        });
        manager.addRunningJob("cancelled", context -> {
            context.awaitCancellation();
            throw new CancellationException();
        });

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.errors()).isEmpty();
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
    }

    @Test
    @DisplayName("C12: the same exceptions without a cancellation are failures")
    void cancellationExceptionBeforeCancellation() throws Exception {
        manager.addRunningJob("cancelled", context -> {
            throw new CancellationException("of something else");
        });
        Waiting.until(() -> !manager.errors().isEmpty());

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.FAILED);
    }

    @Test
    @DisplayName("C11: a failing job leaves the others running")
    void failureLeavesOthersRunning() throws Exception {
        CompletableFuture<JobContext> other = new CompletableFuture<>();
        manager.addRunningJob("other", context -> {
            other.complete(context);
            context.awaitCancellation();
        });
        CompletableFuture<Thread> failing = new CompletableFuture<>();
        manager.addRunningJob("fails", context -> {
            failing.complete(Thread.currentThread());
            throw new IOException("early");
        });
        Waiting.forResult(failing).join();

        assertThat(manager.errors()).hasSize(1);
        assertThat(Waiting.forResult(other).isCancelled()).isFalse();
        assertThat(manager.state()).isEqualTo(ManagerState.STARTED);
        Waiting.forResult(manager.shutdown(REASON));
    }
}
