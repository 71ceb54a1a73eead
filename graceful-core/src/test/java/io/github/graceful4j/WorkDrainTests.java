package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.ManualTicker;
import io.github.graceful4j.work.UnitOfWork;
import io.github.graceful4j.work.WorkRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkDrainTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final GracefulManager manager = GracefulManager.builder()
            .signals(false)
            .gracePeriod(Duration.ofSeconds(30))
            .ticker(ticker)
            .build();

    @Test
    @DisplayName("C20: an open unit of work holds back the shutdown jobs")
    void unitInFlightHoldsBackShutdownJobs() throws Exception {
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        manager.addRunningJob("run", context -> {
            context.awaitCancellation();
            cancelled.complete("cancelled");
        });
        manager.addShutdownJob("flush", context -> events.add("flushed"));
        UnitOfWork unit = manager.workTracker().enter();

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.forResult(cancelled);

        assertThatExceptionOfType(WorkRefusedException.class).isThrownBy(manager.workTracker()::enter);
        assertThat(events).isEmpty();
        events.add("unit left");
        unit.close();
        assertThat(Waiting.forResult(done).outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(events).containsExactly("unit left", "flushed");
    }

    @Test
    @DisplayName("C20: a unit that never leaves is given up with the running jobs, and reported")
    void unitThatNeverLeavesIsGivenUp() throws Exception {
        manager.addShutdownJob("flush", context -> events.add("flushed"));
        manager.workTracker().enter();

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.awaitParked(Duration.ofSeconds(24));
        assertThat(events).isEmpty();
        ticker.advance(Duration.ofSeconds(24));
        ShutdownReport report = Waiting.forResult(done);

        assertThat(events).containsExactly("flushed");
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.TIMED_OUT);
        assertThat(report.errors()).singleElement().satisfies(error -> {
            assertThat(error.source()).isEqualTo(RecordedError.Source.WORK_IN_FLIGHT);
            assertThat(error.thrown()).hasMessage("1 units of work had not left when their time was up");
        });
    }

    @Test
    @DisplayName("C20: a manager without jobs waits for units of work, too")
    void managerWithoutJobsWaits() throws Exception {
        UnitOfWork unit = manager.workTracker().enter();

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.awaitParked(Duration.ofSeconds(30));

        assertThat(done).isNotDone();
        unit.close();
        assertThat(Waiting.forResult(done).outcome()).isEqualTo(ShutdownOutcome.CLEAN);
    }

    @Test
    @DisplayName("C20: phases above the default one may still bring in work while they stop")
    void higherPhasesStillBringInWork() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        manager.addRunningJob(
                "intake",
                context -> {
                    context.awaitCancellation();
                    stopping.countDown();
                    mayEnd.await();
                },
                RunningJobOptions.defaults().withPhase(1));

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.forLatch(stopping);

        manager.workTracker().enter().close();
        mayEnd.countDown();
        Waiting.forResult(done);
        assertThat(manager.workTracker().tryEnter()).isNull();
    }

    @Test
    @DisplayName("C24: units of work are given up at a deadline that was brought forward")
    void unitsHearOfTheNewDeadline() throws Exception {
        manager.workTracker().enter();
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.awaitParked(Duration.ofSeconds(30));

        manager.shutdown(REASON, Duration.ofSeconds(2));
        ticker.advanceWhenParked(Duration.ofSeconds(2));

        ShutdownReport report = Waiting.forResult(done);
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.TIMED_OUT);
        assertThat(report.elapsed()).hasSeconds(2);
    }
}
