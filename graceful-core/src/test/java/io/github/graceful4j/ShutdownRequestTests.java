package io.github.graceful4j;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.internal.jvm.RecordingHooks;
import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.RequestedShutdown;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spi.PhaseControl;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.ManualTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShutdownRequestTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final RecordingHooks hooks = new RecordingHooks();
    private final GracefulManager manager = GracefulManager.builder()
            .gracePeriod(Duration.ofSeconds(30))
            .ticker(ticker)
            .hooks(hooks)
            .build();
    private final AtomicInteger runs = new AtomicInteger();

    private final Job count = context -> runs.incrementAndGet();

    @Test
    @Tag("rounds")
    @DisplayName("C3: five requests and fifty waiters: each job once, all released, the first reason wins")
    void manyRequestsAndWaiters() throws Exception {
        manager.addRunningJob("run", context -> {
            context.awaitCancellation();
            runs.incrementAndGet();
        });
        manager.addShutdownJob("close", count);
        List<CompletableFuture<ShutdownReport>> waiters = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiters.add(CompletableFuture.supplyAsync(
                    () -> manager.done().toCompletableFuture().join(), work -> new Thread(work).start()));
        }

        CompletionStage<ShutdownReport> first = manager.shutdown(ShutdownReason.requested("first"));
        for (int i = 0; i < 4; i++) {
            waiters.add(manager.shutdown(ShutdownReason.requested("later")).toCompletableFuture());
        }

        for (CompletableFuture<ShutdownReport> waiter : waiters) {
            assertThat(Waiting.forResult(waiter)).isSameAs(Waiting.forResult(first));
        }
        assertThat(Waiting.forResult(first).reason().description()).isEqualTo("first");
        assertThat(runs).hasValue(2);
    }

    @Test
    @Tag("rounds")
    @DisplayName("C3: of requests at the same moment exactly one wins")
    void requestsAtTheSameMoment() throws Exception {
        for (int round = 1; round <= 200; round++) {
            GracefulManager contended =
                    GracefulManager.builder().ticker(ticker).signals(false).build();
            contended.addShutdownJob("close", count);
            CyclicBarrier together = new CyclicBarrier(4);
            List<CompletableFuture<Boolean>> begins = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ShutdownReason reason = ShutdownReason.requested("request " + i);
                begins.add(CompletableFuture.supplyAsync(
                        () -> beginTogether(contended, reason, together), work -> new Thread(work).start()));
            }

            int won = 0;
            for (CompletableFuture<Boolean> begin : begins) {
                won += Waiting.forResult(begin) ? 1 : 0;
            }

            assertThat(won).isEqualTo(1);
            Waiting.forResult(contended.done());
            assertThat(runs).hasValue(round);
        }
    }

    private static boolean beginTogether(GracefulManager manager, ShutdownReason reason, CyclicBarrier together) {
        try {
            together.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        boolean won = manager.phaseControl().begin(reason);
        manager.phaseControl().finish();
        return won;
    }

    @Test
    @DisplayName("C3: a running job may request the shutdown")
    void requestInsideRunningJob() throws Exception {
        manager.addRunningJob("self", context -> manager.shutdown(ShutdownReason.requested("from inside")));

        ShutdownReport report = Waiting.forResult(manager.done());

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(report.reason().description()).isEqualTo("from inside");
    }

    @Test
    @DisplayName("C3: a shutdown job may request the shutdown, which changes nothing")
    void requestInsideShutdownJob() throws Exception {
        manager.addShutdownJob("close", context -> {
            manager.shutdown(ShutdownReason.requested("again"));
            runs.incrementAndGet();
        });

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.reason()).isEqualTo(REASON);
        assertThat(runs).hasValue(1);
    }

    @Test
    @DisplayName("C3: a listener may request the shutdown, and wait for it in vain but without a deadlock")
    void requestInsideListener() throws Exception {
        GracefulManager[] self = new GracefulManager[1];
        self[0] = GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .autoStart(false)
                .listener(new ShutdownListener() {
                    @Override
                    public void jobEnded(JobResult result) {
                        self[0].shutdown(ShutdownReason.requested("from a listener"))
                                .toCompletableFuture()
                                .join();
                    }
                })
                .build();
        self[0].addRunningJob("once", context -> {});
        self[0].start();

        ticker.advanceWhenParked(Duration.ofSeconds(1));

        ShutdownReport report = Waiting.forResult(self[0].done());
        assertThat(report.reason().description()).isEqualTo("from a listener");
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
    }

    @Test
    @DisplayName("C3: the JVM hook shuts down and holds up the JVM until that is over")
    void jvmHookShutsDown() throws Exception {
        StubbornJob close = new StubbornJob();
        manager.addShutdownJob("close", close);

        hooks.exit();
        Waiting.forResult(close.started);

        assertThat(hooks.hooks.get(0).isAlive()).isTrue();
        close.end();
        hooks.hooks.get(0).join();
        ShutdownReport report = Waiting.forResult(manager.done());
        assertThat(report.reason()).isEqualTo(ShutdownReason.jvmExit());
    }

    @Test
    @DisplayName("C3: the JVM hook waits for a shutdown that is under way on another thread")
    void jvmHookWaitsForOthers() throws Exception {
        StubbornJob close = new StubbornJob();
        manager.addShutdownJob("close", close);
        manager.shutdown(REASON);
        Waiting.forResult(close.started);

        hooks.exit();
        Waiting.until(() -> hooks.hooks.get(0).getState() == Thread.State.WAITING);
        close.end();
        hooks.hooks.get(0).join();

        assertThat(Waiting.forResult(manager.done()).reason()).isEqualTo(REASON);
    }

    @Test
    @DisplayName("C3: a job that calls for the end and then waits for it is told so")
    void jobThatWaitsForItselfIsTold() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        manager.addRunningJob("self", context -> {
            try {
                manager.close();
            } catch (IllegalStateException e) {
                thrown.complete(e);
            }
        });

        Waiting.forResult(manager.done());

        assertThat(Waiting.forResult(thrown))
                .hasMessage("Can't wait for the end of the shutdown in job 'self': the shutdown itself waits for that"
                        + " job to end; return from the job instead");
    }

    @Test
    @DisplayName("C3: every way for a job to wait for its own end throws")
    void everyWayToWaitInAJobThrows() throws Exception {
        CompletableFuture<String> checked = new CompletableFuture<>();
        manager.addShutdownJob("close", context -> {
            CompletableFuture<ShutdownReport> done = manager.done().toCompletableFuture();
            CompletableFuture<ShutdownReason> derived =
                    manager.done().thenApply(ShutdownReport::reason).toCompletableFuture();
            for (CompletableFuture<?> stage : List.of(done, derived, done.copy(), derived.thenRun(() -> {}))) {
                assertThatThrownBy(stage::join).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(stage::get).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> stage.get(1, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
            }
            assertThatThrownBy(manager::awaitDone).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> manager.awaitDone(Duration.ofSeconds(1)))
                    .isInstanceOf(IllegalStateException.class);
            checked.complete("all");
        });

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.errors()).isEmpty();
        assertThat(checked).isCompletedWithValue("all");
    }

    @Test
    @DisplayName("C3: a cancellation callback that waits for the end is told so")
    void callbackThatWaitsIsTold() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CountDownLatch registered = new CountDownLatch(1);
        manager.addRunningJob("self", context -> {
            context.onCancel(() -> {
                try {
                    manager.done().toCompletableFuture().join();
                } catch (IllegalStateException e) {
                    thrown.complete(e);
                }
            });
            registered.countDown();
            context.awaitCancellation();
            Waiting.forResult(thrown);
        });
        Waiting.forLatch(registered);

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
    }

    @Test
    @DisplayName("C3: after the end, a job that was given up may ask for the report")
    void abandonedJobMayAskForTheReport() throws Exception {
        CompletableFuture<ShutdownReport> seen = new CompletableFuture<>();
        StubbornJob stubborn = new StubbornJob();
        manager.addRunningJob("stubborn", context -> {
            stubborn.run(context);
            seen.complete(manager.done().toCompletableFuture().join());
        });
        Waiting.forResult(stubborn.started);
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(29));
        ticker.advanceWhenParked(Duration.ofSeconds(1));
        Waiting.forResult(done);

        stubborn.end();

        assertThat(Waiting.forResult(seen).jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.ABANDONED);
    }

    @Test
    @DisplayName("C3: close() shuts down and waits, and may be called again")
    void closeWaits() {
        manager.addShutdownJob("close", count);

        manager.close();
        manager.close();

        assertThat(manager.state()).isEqualTo(ManagerState.TERMINATED);
        assertThat(runs).hasValue(1);
    }

    @Test
    @DisplayName("C17: the hook is added once and removed when the shutdown is over")
    void hookIsAddedAndRemoved() throws Exception {
        assertThat(hooks.hooks).hasSize(1);

        manager.start();
        Waiting.forResult(manager.shutdown(REASON));

        assertThat(hooks.hooks).isEmpty();
    }

    @Test
    @DisplayName("C17: a manager that is not to heed signals has no hook")
    void noHookWithoutSignals() {
        RecordingHooks none = new RecordingHooks();

        GracefulManager.builder().hooks(none).signals(false).build();

        assertThat(none.hooks).isEmpty();
    }

    @Test
    @DisplayName("C17: a manager built while the JVM is exiting works without a hook")
    void builtWhileExiting() throws Exception {
        RecordingHooks exiting = new RecordingHooks();
        exiting.exit();

        GracefulManager late =
                GracefulManager.builder().hooks(exiting).ticker(ticker).build();
        late.addRunningJob("job", JobContext::awaitCancellation);

        assertThat(Waiting.forResult(late.shutdown(REASON)).outcome()).isEqualTo(ShutdownOutcome.CLEAN);
    }

    @Test
    @DisplayName("C3: a job that stops the phases itself is not waited for")
    void jobThatStopsThePhasesItself() throws Exception {
        CompletableFuture<ShutdownReport> report = new CompletableFuture<>();
        manager.addRunningJob("close the application", context -> {
            PhaseControl control = manager.phaseControl();
            control.begin(REASON);
            control.stop(Integer.MIN_VALUE).join();
            control.finish();
            manager.done().thenAccept(report::complete);
        });

        assertThat(Waiting.forResult(report).outcome()).isEqualTo(ShutdownOutcome.CLEAN);
    }

    @Test
    @DisplayName("C7: a shutdown that was asked for a while ago has what is left of the grace period, and says so")
    void askedForAWhileAgo() throws Exception {
        StubbornJob job = new StubbornJob();
        manager.addRunningJob("job", job);
        Instant before = Instant.now();
        PhaseControl control = manager.phaseControl();

        assertThat(control.begin(REASON, Duration.ofSeconds(10))).isTrue();

        assertThat(manager.shutdownContext().remaining()).isEqualTo(Duration.ofSeconds(20));
        assertThat(manager.requestedShutdown())
                .extracting(RequestedShutdown::began, as(InstanceOfAssertFactories.INSTANT))
                .isBetween(before.minusSeconds(11), Instant.now().minusSeconds(9));
        ticker.advance(Duration.ofSeconds(5));
        job.end();
        control.finish();
        ShutdownReport report = Waiting.forResult(manager.done());
        assertThat(report.gracePeriod()).isEqualTo(Duration.ofSeconds(30));
        assertThat(report.elapsed()).isEqualTo(Duration.ofSeconds(15));
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
    }

    @Test
    @DisplayName("C24: whoever asked first, a while ago or now, the deadline is the sooner one")
    void askedForAgain() {
        PhaseControl control = manager.phaseControl();
        control.begin(REASON);

        assertThat(control.begin(REASON, Duration.ofSeconds(10))).isFalse();
        assertThat(manager.shutdownContext().remaining()).isEqualTo(Duration.ofSeconds(20));
        assertThat(control.begin(REASON, Duration.ofSeconds(5))).isFalse();
        assertThat(control.begin(REASON)).isFalse();
        assertThat(control.begin(REASON, Duration.ofSeconds(10).plusNanos(999_999)))
                .isFalse();
        assertThat(manager.shutdownContext().remaining()).isEqualTo(Duration.ofSeconds(20));
        assertThat(control.begin(REASON, Duration.ofDays(1_000_000))).isFalse();
        assertThat(manager.shutdownContext().remaining()).isEqualTo(Duration.ZERO);
    }

    @Test
    @DisplayName("C7: without a limit it does not matter how long ago it was asked for")
    void askedForAWhileAgoWithoutLimit() {
        try (GracefulManager unlimited = GracefulManager.builder()
                .gracePeriod(Deadline.UNLIMITED)
                .ticker(ticker)
                .hooks(hooks)
                .build()) {
            unlimited.phaseControl().begin(REASON, Duration.ofHours(1));
            unlimited.phaseControl().begin(REASON, Duration.ofHours(2));

            assertThat(unlimited.shutdownContext().remaining()).isEqualTo(Deadline.UNLIMITED);
            unlimited.phaseControl().finish();
        }
    }

    private GracefulManager batch() {
        return GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .autoStart(false)
                .shutDownWhenJobsEnd(true)
                .build();
    }

    @Test
    @DisplayName("C26: a manager that is told to shuts down when all its running jobs have ended, well or not")
    void shutsDownWhenJobsEnd() throws Exception {
        StubbornJob first = new StubbornJob();
        StubbornJob second = new StubbornJob();
        GracefulManager batch = batch();
        batch.addRunningJob("first", first);
        Registration failing = batch.addRunningJob("second", second);
        batch.addShutdownJob("close", count);
        batch.start();

        second.fail(new IllegalStateException("broken"));
        Waiting.forResult(failing.ended());
        assertThat(batch.state()).isEqualTo(ManagerState.STARTED);
        first.end();

        ShutdownReport report = Waiting.forResult(batch.done());
        assertThat(report.reason()).isEqualTo(ShutdownReason.jobsEnded());
        assertThat(report.reason().kind()).isEqualTo(ShutdownReason.Kind.JOBS_ENDED);
        assertThat(report.jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.COMPLETED, JobOutcome.FAILED, JobOutcome.COMPLETED);
        assertThat(runs).hasValue(1);
    }

    @Test
    @DisplayName("C26: by default, a manager goes on when all its running jobs have ended")
    void goesOnByDefault() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        manager.addRunningJob("only", context -> thread.complete(Thread.currentThread()));

        Waiting.forResult(thread).join();

        assertThat(manager.state()).isEqualTo(ManagerState.STARTED);
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C26: a job that is restarted has not ended, until it is restarted no more")
    void restartedJobHasNotEnded() throws Exception {
        GracefulManager batch = batch();
        batch.addRunningJob(
                "flaky",
                context -> {
                    throw new IllegalStateException("broken");
                },
                RunningJobOptions.defaults()
                        .withFailurePolicy(FailurePolicy.restart().withLimit(1, Deadline.UNLIMITED)));
        batch.start();
        ticker.awaitParkedWithin(Duration.ofSeconds(1));
        assertThat(batch.state()).isEqualTo(ManagerState.STARTED);

        ticker.advance(Duration.ofSeconds(1));

        assertThat(Waiting.forResult(batch.done()).reason()).isEqualTo(ShutdownReason.jobsEnded());
    }

    @Test
    @DisplayName("C26: a job that was stopped has not ended by itself, and may be started again")
    void stoppedJobHasNotEnded() throws Exception {
        StubbornJob other = new StubbornJob();
        GracefulManager batch = batch();
        Registration stopped = batch.addRunningJob("stopped", JobContext::awaitCancellation);
        Registration ending = batch.addRunningJob("ending", other);
        batch.start();
        Waiting.forResult(stopped.stop());
        other.end();
        Waiting.forResult(ending.ended());

        assertThat(batch.state()).isEqualTo(ManagerState.STARTED);
        assertThat(stopped.state()).isEqualTo(JobState.STOPPED);
        batch.jobControl().start("stopped");
        assertThat(Waiting.forResult(batch.shutdown(REASON)).reason()).isEqualTo(REASON);
    }

    @Test
    @DisplayName("C26: a job that was forgotten is not waited for, nor is one that ended and was started again missed")
    void forgottenJobIsNotWaitedFor() throws Exception {
        StubbornJob first = new StubbornJob();
        StubbornJob second = new StubbornJob();
        GracefulManager batch = batch();
        Registration forgotten = batch.addRunningJob("forgotten", JobContext::awaitCancellation);
        Registration again = batch.addRunningJob("again", context -> {
            if (runs.incrementAndGet() > 1) {
                first.run(context);
            }
        });
        batch.addRunningJob("last", second);
        batch.start();
        Waiting.forResult(again.ended());
        batch.jobControl().start("again");
        forgotten.forget();
        Waiting.forResult(forgotten.ended());
        second.end();
        Waiting.until(() -> batch.jobs().size() == 2 && batch.jobs().get(1).state() == JobState.ENDED);
        assertThat(batch.state()).isEqualTo(ManagerState.STARTED);

        first.end();

        assertThat(Waiting.forResult(batch.done()).reason()).isEqualTo(ShutdownReason.jobsEnded());
    }

    @Test
    @DisplayName("C26: a manager without running jobs has none that could end, and goes on")
    void goesOnWithoutJobs() throws Exception {
        GracefulManager batch = batch();
        batch.addShutdownJob("close", count);

        batch.start();

        assertThat(batch.state()).isEqualTo(ManagerState.STARTED);
        assertThat(Waiting.forResult(batch.shutdown(REASON)).reason()).isEqualTo(REASON);
    }
}
