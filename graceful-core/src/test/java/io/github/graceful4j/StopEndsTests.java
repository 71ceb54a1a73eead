package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.ManualTicker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is noted of jobs as they are stopped together, and who is told. */
@Timeout(60)
class StopEndsTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final GracefulManager manager = GracefulManager.builder()
            .gracePeriod(Duration.ofSeconds(30))
            .ticker(ticker)
            .signals(false)
            .build();
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    private Registration addSlow(String name) {
        return manager.addRunningJob(name, context -> {
            context.awaitCancellation();
            told.countDown();
            mayEnd.await();
        });
    }

    @Test
    @DisplayName("C18: what a job took to end before the shutdown is none of what the shutdown took")
    void endBeforeTheShutdownIsNotBlamed() throws Exception {
        Registration slow = addSlow("slow");
        CompletableFuture<@Nullable Void> stopped = slow.stop();
        Waiting.forLatch(told);
        ticker.advance(Duration.ofSeconds(10));
        mayEnd.countDown();
        Waiting.forResult(stopped);

        PhaseResult phase = Waiting.forResult(manager.shutdown(REASON)).phases().get(0);

        assertThat(phase.blame()).isEmpty();
        assertThat(phase.jobs()).extracting(JobResult::elapsed).containsExactly(Duration.ZERO);
    }

    @Test
    @DisplayName("C2: whoever waits for the end of a job is told when it ends, however many wait for it")
    void everyoneWhoStopsAJobIsTold() throws Exception {
        Registration slow = addSlow("slow");
        CompletableFuture<@Nullable Void> stopped = slow.stop();
        Waiting.forLatch(told);
        CompletionStage<ShutdownReport> done = manager.shutdown(REASON, Duration.ofSeconds(20));
        ticker.awaitParked(Duration.ofSeconds(19)); // from here on the shutdown waits, too
        assertThat(stopped).isNotDone();

        mayEnd.countDown();

        Waiting.forResult(stopped);
        assertThat(Waiting.forResult(done).jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.COMPLETED);
    }

    @Test
    @DisplayName("C8: when the time of jobs comes that have ended, those of another timeout are left alone")
    void stepOfOthersInterruptsNobody() throws Exception {
        StubbornJob late = new StubbornJob();
        manager.addRunningJob(
                "quick",
                JobContext::awaitCancellation,
                RunningJobOptions.defaults().withTimeout(Duration.ofSeconds(5)));
        manager.addRunningJob("late", late);
        Waiting.forResult(late.started);

        CompletionStage<ShutdownReport> done = manager.shutdown(REASON);
        ticker.awaitParked(Duration.ofMillis(4_500));
        Waiting.until(() -> manager.jobCount(JobKind.RUNNING, JobState.ENDED) == 1);
        ticker.advance(Duration.ofMillis(4_500));
        ticker.awaitParked(Duration.ofMillis(24_500));
        assertThat(late.interrupted).isNotDone();
        ticker.advance(Duration.ofMillis(24_500));
        Waiting.forResult(late.interrupted);
        late.end();

        assertThat(Waiting.forResult(done).jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.COMPLETED, JobOutcome.INTERRUPTED);
    }

    @RepeatedTest(5)
    @DisplayName("C18: jobs that end of themselves while they are told to are waited for and counted once")
    void endsBesideTheStop() throws Exception {
        int count = 1_100; // so many that several threads tell them
        for (int i = 0; i < count; i++) {
            manager.addRunningJob("job-" + i, context -> mayEnd.await());
        }
        GracefulManager other = GracefulManager.builder().signals(false).build();
        other.addShutdownJob("end", context -> mayEnd.countDown());

        other.shutdown(REASON);
        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.jobCount()).isEqualTo(count);
        assertThat(report.jobs()).extracting(JobResult::outcome).containsOnly(JobOutcome.COMPLETED);
        assertThat(report.jobs()).extracting(JobResult::elapsed).noneMatch(Duration::isNegative);
    }
}
