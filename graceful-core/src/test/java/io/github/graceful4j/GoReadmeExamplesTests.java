package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.graceful4j.internal.jvm.RecordingHooks;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.ManualTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the original's README shows, in Java. */
@Timeout(60)
class GoReadmeExamplesTests {

    private static final ShutdownReason SIGTERM = ShutdownReason.signal("SIGTERM");

    private final ManualTicker ticker = new ManualTicker();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private GracefulManagerBuilder builder() {
        return GracefulManager.builder().ticker(ticker).hooks(new RecordingHooks());
    }

    @Test
    @DisplayName("basic usage: a manager with default settings ends without errors")
    void basicUsage() throws Exception {
        GracefulManager manager = GracefulManager.create();

        manager.shutdown(SIGTERM);
        manager.awaitDone();

        assertThat(manager.errors()).isEmpty();
    }

    @Test
    @DisplayName("running jobs: two loops at their own pace see the cancellation")
    void runningJobs() throws Exception {
        GracefulManager manager = builder().build();
        manager.addRunningJob("job 01", context -> {
            while (!context.awaitCancellation(Duration.ofSeconds(1))) {
                lines.add("working job 01");
            }
        });
        manager.addRunningJob("job 02", context -> {
            while (!context.awaitCancellation(Duration.ofMillis(700))) {
                lines.add("working job 02");
            }
        });
        ticker.awaitParked(Duration.ofSeconds(1));
        ticker.advanceWhenParked(Duration.ofMillis(700));
        ticker.awaitParked(Duration.ofMillis(300));
        ticker.advanceWhenParked(Duration.ofMillis(700));
        Waiting.until(() -> lines.size() == 3);

        manager.shutdown(SIGTERM);

        assertThat(manager.awaitDone().outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(lines).containsExactlyInAnyOrder("working job 01", "working job 02", "working job 02");
    }

    @Test
    @DisplayName("shutdown jobs: one of a second and one of two seconds take two seconds together")
    void shutdownJobs() throws Exception {
        GracefulManager manager = builder().build();
        manager.addShutdownJob("shutdown 01", context -> context.awaitCancellation(Duration.ofSeconds(1)));
        manager.addShutdownJob("shutdown 02", context -> context.awaitCancellation(Duration.ofSeconds(2)));

        manager.shutdown(SIGTERM);
        ticker.awaitParked(Duration.ofSeconds(1));
        ticker.awaitParked(Duration.ofSeconds(2));
        ticker.advance(Duration.ofSeconds(1));
        Waiting.until(() -> manager.jobs().get(0).outcome() == JobOutcome.COMPLETED);
        ticker.advance(Duration.ofSeconds(1));

        assertThat(manager.awaitDone().elapsed()).hasSeconds(2);
    }

    @Test
    @DisplayName("shutdown timeout: what has not ended after ten seconds is recorded by name")
    void shutdownTimeout() throws Exception {
        StubbornJob slow = new StubbornJob();
        GracefulManager manager = builder().gracePeriod(Duration.ofSeconds(10)).build();
        manager.addShutdownJob("slow", slow);

        manager.shutdown(SIGTERM);
        ticker.advanceWhenParked(Duration.ofSeconds(10));
        manager.awaitDone();

        assertThat(manager.errors())
                .filteredOn(error -> error.thrown() instanceof TimeoutException)
                .extracting(RecordedError::name)
                .containsExactly("slow");
        slow.end();
    }

    @Test
    @DisplayName("shutdown timeout: an unlimited one waits as long as it takes")
    void unlimitedShutdownTimeout() throws Exception {
        GracefulManager manager = builder().gracePeriod(Deadline.UNLIMITED).build();
        manager.addShutdownJob("slow", context -> context.awaitCancellation(Duration.ofHours(2)));

        manager.shutdown(SIGTERM);
        ticker.advanceWhenParked(Duration.ofHours(2));

        ShutdownReport report = manager.awaitDone();
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(report.elapsed()).hasHours(2);
    }

    @Test
    @DisplayName("error handling: exceptions and errors of both kinds of jobs are all there at the end")
    void errorHandling() throws Exception {
        IOException exception = new IOException("something went wrong");
        AssertionError panic = new AssertionError("panic");
        GracefulManager manager = builder().build();
        manager.addRunningJob("fails", context -> {
            throw exception;
        });
        manager.addShutdownJob("panics", context -> {
            throw panic;
        });

        manager.shutdown(SIGTERM);
        ShutdownReport report = manager.awaitDone();

        assertThat(report.errors()).extracting(RecordedError::thrown).containsExactlyInAnyOrder(exception, panic);
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.FAILED);
    }

    @Test
    @DisplayName("custom logger: the manager logs where it is told to")
    void customLogger() throws Exception {
        RecordingLog log = new RecordingLog();
        GracefulManager manager = builder().logger(log.logger()).build();

        manager.shutdown(SIGTERM);
        manager.awaitDone();

        assertThat(log.lines(Level.INFO))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("Shutdown began (reason: SIGTERM): 0 jobs, to be over in 25000 ms, by 2"),
                        line -> assertThat(line)
                                .isEqualTo("Shutdown ended CLEAN after 0 ms of 25000 ms: 0 jobs in 0 phases, 0"
                                        + " errors"));
        assertThat(log.lines(Level.DEBUG)).contains("shutdown clean in 0.000s of 25.000s (reason: SIGTERM)");
    }

    @Test
    @DisplayName("parent context: a manager shuts down when its parent is cancelled")
    void parentContext() throws Exception {
        GracefulManager parent = builder().build();
        GracefulManager child = builder().parent(parent.shutdownContext()).build();
        child.addRunningJob("job", JobContext::awaitCancellation);

        parent.shutdown(SIGTERM);

        assertThat(child.awaitDone().reason().kind()).isEqualTo(ShutdownReason.Kind.PARENT_CANCELLED);
    }

    @Test
    @DisplayName("wait for done: whoever waits is released when the last job is over, not before")
    void waitForDone() throws Exception {
        StubbornJob close = new StubbornJob();
        GracefulManager manager = builder().build();
        manager.addShutdownJob("close", close);
        CompletableFuture<String> main = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            try {
                manager.awaitDone();
                main.complete("stopped");
            } catch (InterruptedException e) {
                main.completeExceptionally(e);
            }
        });
        waiter.start();

        manager.shutdown(SIGTERM);
        Waiting.forResult(close.started);
        assertThat(main).isNotDone();
        close.end();

        assertThat(Waiting.forResult(main)).isEqualTo("stopped");
    }

    @Test
    @DisplayName("respect cancellation: a worker that looks at its context ends at once")
    void respectCancellation() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        GracefulManager manager = builder().build();
        manager.addRunningJob("worker", context -> {
            while (!context.isCancelled()) {
                working.countDown();
                Thread.onSpinWait();
            }
            lines.add("shutting down");
        });
        Waiting.forLatch(working);

        manager.shutdown(SIGTERM);

        assertThat(manager.awaitDone().jobs()).extracting(JobResult::outcome).containsExactly(JobOutcome.COMPLETED);
        assertThat(lines).containsExactly("shutting down");
    }

    @Test
    @DisplayName("sequential shutdown: jobs that name what they come after run one by one")
    void sequentialShutdown() throws Exception {
        GracefulManager manager = builder().build();
        ShutdownJobOptions options = ShutdownJobOptions.defaults();
        manager.addShutdownJob("refuse requests", context -> lines.add(context.name()));
        manager.addShutdownJob(
                "finish requests", context -> lines.add(context.name()), options.withAfter("refuse requests"));
        manager.addShutdownJob(
                "close database", context -> lines.add(context.name()), options.withAfter("finish requests"));
        manager.addShutdownJob("flush logs", context -> lines.add(context.name()), options.withAfter("close database"));

        manager.shutdown(SIGTERM);
        manager.awaitDone();

        assertThat(lines).containsExactly("refuse requests", "finish requests", "close database", "flush logs");
    }
}
