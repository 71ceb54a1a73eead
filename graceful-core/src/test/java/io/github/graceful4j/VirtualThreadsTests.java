package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.ManualTicker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@Timeout(60)
class VirtualThreadsTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();

    private GracefulManager virtual() {
        return GracefulManager.builder()
                .gracePeriod(Duration.ofSeconds(30))
                .ticker(ticker)
                .signals(false)
                .virtualThreads(true)
                .build();
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    @DisplayName("C16: where the JVM has no virtual threads, asking for them is refused")
    void refusedWhereThereAreNone() {
        assertThatThrownBy(this::virtual)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith(
                        "Can't run jobs on virtual threads: they need Java 21 or later, and this is Java ");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @DisplayName("C2: jobs of both kinds run on virtual threads, named after them")
    void jobsRunOnVirtualThreads() throws Exception {
        CompletableFuture<String> running = new CompletableFuture<>();
        CompletableFuture<String> shutdown = new CompletableFuture<>();
        GracefulManager manager = virtual();
        manager.addRunningJob("run", context -> {
            running.complete(Thread.currentThread().toString());
            context.awaitCancellation();
        });
        manager.addShutdownJob(
                "close", context -> shutdown.complete(Thread.currentThread().toString()));
        Waiting.forResult(running);

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(Waiting.forResult(running)).startsWith("VirtualThread[").contains("graceful-job-run");
        assertThat(Waiting.forResult(shutdown)).startsWith("VirtualThread[").contains("graceful-job-close");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @DisplayName("C9: a job stuck on a virtual thread is reported with its stack, interrupted and abandoned")
    void stuckJobIsReported() throws Exception {
        StubbornJob job = new StubbornJob();
        GracefulManager manager = virtual();
        manager.addRunningJob("stuck", job);
        Waiting.forResult(job.started);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(29));
        Waiting.forResult(job.interrupted);
        ticker.advanceWhenParked(Duration.ofSeconds(1));

        JobResult result = Waiting.forResult(done).jobs().get(0);
        assertThat(result.outcome()).isEqualTo(JobOutcome.ABANDONED);
        assertThat(Objects.requireNonNull(result.stuck()).name()).isEqualTo("graceful-job-stuck");
        assertThat(result.stuck().stack())
                .anyMatch(frame -> frame.getClassName().equals(StubbornJob.class.getName()));
        job.end();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @DisplayName("C10: a sleep on a virtual thread ends at once on cancellation")
    void sleepEndsOnCancellation() throws Exception {
        CompletableFuture<JobContext> slept = new CompletableFuture<>();
        GracefulManager manager = virtual();
        manager.addRunningJob("sleeper", context -> {
            context.awaitCancellation(Duration.ofHours(1));
            slept.complete(context);
        });
        ticker.awaitParked(Duration.ofHours(1));

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(Waiting.forResult(slept).isCancelled()).isTrue();
    }
}
