package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.RecordedError.Source;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenerTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final RecordingListener recording = new RecordingListener();

    private GracefulManager managerWith(ShutdownListener... listeners) {
        GracefulManagerBuilder builder = GracefulManager.builder()
                .gracePeriod(Duration.ofSeconds(30))
                .ticker(ticker)
                .signals(false);
        for (ShutdownListener listener : listeners) {
            builder.listener(listener);
        }
        return builder.build();
    }

    @Test
    @DisplayName(
            "C22: C15: a listener that overrides no event of jobs is told of none, and so of all others in no time")
    void listenersOfTheShutdownHearNothingOfJobs() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Set<String> threads = ConcurrentHashMap.newKeySet();
        ShutdownListener listener = new ShutdownListener() {
            @Override
            public void shutdownEnded(ShutdownReport report) {
                over.countDown();
            }
        };
        GracefulManager manager = managerWith(listener);
        CountDownLatch began = new CountDownLatch(1);
        manager.addRunningJob("run", context -> {
            Thread.getAllStackTraces().keySet().forEach(thread -> threads.add(thread.getName()));
            began.countDown();
            context.awaitCancellation();
        });
        began.await();

        Waiting.forResult(manager.shutdown(REASON));

        over.await();
        assertThat(threads)
                .noneMatch(name ->
                        name.equals("graceful-listener-" + listener.getClass().getName()));
    }

    @Test
    @DisplayName("C15: listeners see one event per begin and end, in order")
    void oneEventPerBeginAndEnd() throws Exception {
        GracefulManager manager = managerWith(recording);
        manager.addRunningJob(
                "run",
                JobContext::awaitCancellation,
                RunningJobOptions.defaults().withPhase(1));
        manager.addShutdownJob("close", context -> {});

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(recording.events)
                .containsExactly(
                        "RUNNING run began",
                        "shutdown began: test, PT30S",
                        "phase 1 began",
                        "RUNNING run COMPLETED",
                        "phase 1 ended",
                        "phase 0 began",
                        "SHUTDOWN close began",
                        "SHUTDOWN close COMPLETED",
                        "phase 0 ended",
                        "shutdown ended CLEAN");
    }

    @Test
    @DisplayName("C15: a request that stops nothing yet is told at once")
    void requestIsToldAtOnce() throws Exception {
        GracefulManager manager = managerWith(recording);

        manager.phaseControl().begin(REASON);

        Waiting.until(() -> recording.events.equals(List.of("shutdown began: test, PT30S")));
        Waiting.forResult(manager.phaseControl().finish());
        assertThat(recording.events).containsExactly("shutdown began: test, PT30S", "shutdown ended CLEAN");
    }

    @Test
    @DisplayName("C15: a job that was skipped has no events, one that was given up ends once")
    void skippedAndGivenUp() throws Exception {
        GracefulManager manager = managerWith(recording);
        StubbornJob stuck = new StubbornJob();
        manager.addShutdownJob("stuck", stuck);
        manager.addShutdownJob("never", context -> {}).forget();

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(30));
        Waiting.forResult(done);
        stuck.end();

        assertThat(recording.events)
                .containsExactly(
                        "shutdown began: test, PT30S",
                        "phase 0 began",
                        "SHUTDOWN stuck began",
                        "SHUTDOWN stuck TIMED_OUT",
                        "phase 0 ended",
                        "shutdown ended TIMED_OUT");
    }

    @Test
    @DisplayName("C15: a paused job ends and begins again")
    void pausedJobEndsAndBegins() throws Exception {
        GracefulManager manager = managerWith(recording);
        manager.addRunningJob("run", JobContext::awaitCancellation);

        Waiting.forResult(manager.phaseControl().pause(0));
        manager.start();
        Waiting.forResult(manager.shutdown(REASON));

        assertThat(recording.events)
                .filteredOn(event -> event.contains(" run "))
                .containsExactly(
                        "RUNNING run began", "RUNNING run COMPLETED", "RUNNING run began", "RUNNING run COMPLETED");
    }

    @Test
    @DisplayName("C12: C15: listeners hear of each failure and each restart, and then of the end")
    void failuresAndRestarts() throws Exception {
        GracefulManager manager = managerWith(recording);
        AtomicInteger attempts = new AtomicInteger();
        manager.addRunningJob(
                "fails",
                context -> {
                    throw new IllegalStateException("attempt " + attempts.incrementAndGet());
                },
                RunningJobOptions.defaults()
                        .withFailurePolicy(FailurePolicy.restart().withLimit(1, Deadline.UNLIMITED)));
        manager.addShutdownJob("fails", context -> {
            throw new IllegalStateException("last");
        });

        ticker.awaitParkedWithin(Duration.ofSeconds(1));
        ticker.advance(Duration.ofSeconds(1));
        Waiting.until(() -> recording.events.contains("RUNNING fails FAILED"));
        Waiting.forResult(manager.shutdown(REASON));

        assertThat(recording.events)
                .filteredOn(event -> event.contains(" fails "))
                .containsExactly(
                        "RUNNING fails began",
                        "RUNNING fails failed: attempt 1",
                        "RUNNING fails restarted",
                        "RUNNING fails failed: attempt 2",
                        "RUNNING fails FAILED",
                        "SHUTDOWN fails began",
                        "SHUTDOWN fails failed: last",
                        "SHUTDOWN fails FAILED");
    }

    @Test
    @DisplayName("C15: a listener that throws changes nothing but its entry in the report")
    void listenerThatThrows() throws Exception {
        AssertionError thrown = new AssertionError("listener");
        ShutdownListener throwing = new ShutdownListener() {
            @Override
            public void phaseBegan(int phase) {
                throw thrown;
            }
        };
        GracefulManager manager = managerWith(throwing, recording);
        manager.addShutdownJob("close", context -> {});

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(report.errors())
                .containsExactly(new RecordedError(throwing.getClass().getName(), Source.LISTENER, thrown));
        assertThat(recording.events).hasSize(6).endsWith("shutdown ended CLEAN");
    }

    @Test
    @DisplayName("C15: a listener that blocks for ever delays no job, and is recorded once")
    void listenerThatBlocks() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        GracefulManager manager = managerWith(blockingOn(never));
        CompletableFuture<String> ran = new CompletableFuture<>();
        manager.addShutdownJob("close", context -> ran.complete("ran"));

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        assertThat(Waiting.forResult(ran)).isEqualTo("ran");
        ticker.advanceWhenParked(Duration.ofSeconds(1));

        ShutdownReport report = Waiting.forResult(done);
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(report.errors()).singleElement().satisfies(error -> {
            assertThat(error.source()).isEqualTo(Source.LISTENER);
            assertThat(error.thrown()).isInstanceOf(TimeoutException.class);
        });
        assertThat(manager.errors()).isEqualTo(report.errors());
        never.countDown();
    }

    @Test
    @DisplayName("C15: beside a listener that blocks for ever, others are told of everything")
    void othersAreToldBesideOneThatBlocks() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        GracefulManager manager = managerWith(blockingOn(never), recording);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(1));
        Waiting.forResult(done);

        Waiting.until(() -> recording.events.contains("shutdown ended CLEAN"));
        never.countDown();
    }

    private static ShutdownListener blockingOn(CountDownLatch latch) {
        return new ShutdownListener() {
            @Override
            public void shutdownBegan(ShutdownReason reason, Duration gracePeriod) {
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        };
    }

    @Test
    @DisplayName("C15: a listener that is only told of the end sees the report")
    void listenerSeesTheReport() throws Exception {
        CompletableFuture<ShutdownReport> seen = new CompletableFuture<>();
        GracefulManager manager = managerWith(new ShutdownListener() {
            @Override
            public void shutdownEnded(ShutdownReport report) {
                seen.complete(report);
            }
        });

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(seen).isCompletedWithValue(report);
    }

    @Test
    @DisplayName("C15: what happens after the end is nobody's problem, and no event")
    void nothingIsToldAfterTheEnd() throws Exception {
        GracefulManager manager = managerWith(recording);
        StubbornJob stuck = new StubbornJob();
        manager.addRunningJob("stuck", stuck);
        Waiting.forResult(stuck.started);
        Waiting.forResult(manager.shutdown(REASON, Duration.ZERO));
        List<String> told = List.copyOf(recording.events);
        IllegalStateException late = new IllegalStateException("late");

        stuck.fail(late);
        Waiting.until(() -> manager.errors().size() == 2);

        assertThat(manager.errors().get(1).thrown()).isSameAs(late);
        assertThat(recording.events).isEqualTo(told).endsWith("shutdown ended TIMED_OUT");
    }

    @Test
    @DisplayName("C15: whoever stops a phase first, no event of it comes before that of the shutdown")
    void shutdownBeganComesFirst() throws Exception {
        for (int i = 0; i < 50; i++) {
            RecordingListener listener = new RecordingListener();
            GracefulManager manager = managerWith(listener);
            manager.addShutdownJob("close", context -> {});
            Thread other = new Thread(() -> {
                while (manager.state() == ManagerState.STARTED) {
                    Thread.onSpinWait();
                }
                manager.phaseControl().finish();
            });
            other.start();

            Waiting.forResult(manager.shutdown(REASON));
            other.join();

            assertThat(listener.events).hasSize(6).startsWith("shutdown began: test, PT30S", "phase 0 began");
        }
    }

    @Test
    @DisplayName("C15: results carry the failure")
    void resultsCarryTheFailure() throws Exception {
        CompletableFuture<JobResult> seen = new CompletableFuture<>();
        IllegalStateException failure = new IllegalStateException("close");
        GracefulManager manager = managerWith(new ShutdownListener() {
            @Override
            public void jobEnded(JobResult result) {
                seen.complete(result);
            }
        });
        manager.addShutdownJob("close", context -> {
            throw failure;
        });

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(Waiting.forResult(seen).failure()).isSameAs(failure);
    }
}
