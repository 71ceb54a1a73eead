package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.JobProgress;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.ShutdownProgress;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.time.ManualTicker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be seen of a shutdown while it is under way. */
@Timeout(60)
class ProgressTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final GracefulManager manager =
            GracefulManager.builder().ticker(ticker).signals(false).build();

    private static RunningJobOptions inPhase(int phase) {
        return RunningJobOptions.defaults().withPhase(phase);
    }

    @Test
    @DisplayName("C18: a shutdown under way tells which phases have stopped, what is stopping, and what waits its turn")
    void tellsHowFarItIs() throws Exception {
        StubbornJob stubborn = new StubbornJob();
        manager.addRunningJob("above", JobContext::awaitCancellation, inPhase(1));
        manager.addRunningJob("stubborn", stubborn, inPhase(0));
        manager.addRunningJob("ended", context -> {}, inPhase(0));
        manager.addRunningJob("below", JobContext::awaitCancellation, inPhase(-1));
        manager.addShutdownJob(
                "close", context -> {}, ShutdownJobOptions.defaults().withPhase(-2));
        JobContext told = Waiting.forResult(stubborn.started);
        assertThat(manager.progress()).isNull();

        CompletionStage<?> done = manager.shutdown(REASON);
        Waiting.until(told::isCancelled);
        ticker.advance(Duration.ofSeconds(2));
        ShutdownProgress progress = Objects.requireNonNull(manager.progress());

        assertThat(progress.reason()).isEqualTo(REASON);
        assertThat(progress.elapsed()).hasSeconds(2);
        assertThat(progress.phases()).extracting(PhaseResult::phase).containsExactly(1);
        assertThat(progress.jobs())
                .extracting(job -> job.snapshot().job(), JobProgress::began, JobProgress::elapsed)
                .containsExactly(
                        tuple("stubborn", Duration.ZERO, Duration.ofSeconds(2)),
                        tuple("ended", Duration.ZERO, Duration.ZERO),
                        tuple("below", null, Duration.ZERO),
                        tuple("close", null, Duration.ZERO));
        assertThat(Objects.requireNonNull(progress.jobs().get(0).where()).name())
                .contains("stubborn");
        stubborn.end();
        Waiting.forResult(done);
        assertThat(manager.progress()).isNull();
    }

    @Test
    @DisplayName("C18: a job that is never started is shown with no part of its own in the shutdown")
    void jobThatWaitsIsShown() throws Exception {
        GracefulManager notStarted = GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .autoStart(false)
                .build();
        StubbornJob close = new StubbornJob();
        notStarted.addRunningJob("never", JobContext::awaitCancellation, inPhase(-1));
        notStarted.addShutdownJob("close", close);

        CompletionStage<?> done = notStarted.shutdown(REASON);
        Waiting.forResult(close.started);
        ShutdownProgress progress = Objects.requireNonNull(notStarted.progress());

        assertThat(progress.jobs())
                .extracting(JobProgress::snapshot)
                .extracting(JobSnapshot::job)
                .containsExactly("never", "close");
        assertThat(progress.jobs().get(0).began()).isNull();
        assertThat(progress.jobs().get(1).began()).isZero();
        close.end();
        Waiting.forResult(done);
    }
}
