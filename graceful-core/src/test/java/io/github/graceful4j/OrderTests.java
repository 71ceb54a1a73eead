package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.report.WaitedFor;
import io.github.graceful4j.spi.PhaseControl;
import io.github.graceful4j.time.ManualTicker;
import io.github.graceful4j.work.UnitOfWork;
import io.github.graceful4j.work.WorkTracker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final GracefulManager manager = GracefulManager.builder()
            .gracePeriod(Duration.ofSeconds(30))
            .ticker(ticker)
            .signals(false)
            .build();
    private final List<String> order = new CopyOnWriteArrayList<>();

    private static RunningJobOptions runningIn(int phase) {
        return RunningJobOptions.defaults().withPhase(phase);
    }

    private static ShutdownJobOptions shutdownIn(int phase) {
        return ShutdownJobOptions.defaults().withPhase(phase);
    }

    private static ShutdownJobOptions after(String... names) {
        return ShutdownJobOptions.defaults().withAfter(names);
    }

    private Job note(String what) {
        return context -> order.add(what);
    }

    private Job noteCancellation(String what) {
        return context -> {
            context.awaitCancellation();
            order.add(what);
        };
    }

    @Test
    @DisplayName("C4: phases stop from the highest to the lowest, in each the running jobs first")
    void phasesStopInOrder() throws Exception {
        for (int phase : List.of(0, Integer.MAX_VALUE, Integer.MIN_VALUE)) {
            manager.addShutdownJob("close-" + phase, note("close-" + phase), shutdownIn(phase));
            manager.addRunningJob("run-" + phase, noteCancellation("run-" + phase), runningIn(phase));
        }
        assertThat(manager.phaseControl().phases()).containsExactly(Integer.MAX_VALUE, 0, Integer.MIN_VALUE);

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(order)
                .containsExactly(
                        "run-2147483647",
                        "close-2147483647",
                        "run-0",
                        "close-0",
                        "run--2147483648",
                        "close--2147483648");
        assertThat(report.phases())
                .extracting(PhaseResult::phase)
                .containsExactly(Integer.MAX_VALUE, 0, Integer.MIN_VALUE);
    }

    @Test
    @DisplayName("C4: running jobs of a phase are cancelled together")
    void runningJobsAreCancelledTogether() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        for (String name : List.of("one", "two")) {
            manager.addRunningJob(name, context -> {
                context.awaitCancellation();
                together.await(30, TimeUnit.SECONDS);
            });
        }

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
    }

    @Test
    @DisplayName("C4: no shutdown job starts before the running jobs of its phase have ended")
    void shutdownJobsWaitForRunningJobs() throws Exception {
        StubbornJob run = new StubbornJob();
        manager.addRunningJob("run", context -> {
            run.run(context);
            order.add("run");
        });
        manager.addShutdownJob("close", note("close"));
        JobContext context = Waiting.forResult(run.started);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.until(context::isCancelled);
        ticker.awaitParked(Duration.ofSeconds(23));
        assertThat(order).isEmpty();
        run.end();
        Waiting.forResult(done);

        assertThat(order).containsExactly("run", "close");
    }

    @Test
    @DisplayName("C4: a lower phase's running jobs go on while a higher phase stops")
    void lowerPhaseGoesOn() throws Exception {
        StubbornJob high = new StubbornJob();
        CompletableFuture<JobContext> low = new CompletableFuture<>();
        manager.addShutdownJob("high", high, shutdownIn(1));
        manager.addRunningJob("low", context -> {
            low.complete(context);
            context.awaitCancellation();
        });
        JobContext lowContext = Waiting.forResult(low);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.forResult(high.started);

        assertThat(lowContext.isCancelled()).isFalse();
        high.end();
        Waiting.forResult(done);
        assertThat(lowContext.isCancelled()).isTrue();
    }

    @Test
    @DisplayName("C4: a shutdown job starts once the running jobs of its phase were abandoned")
    void shutdownJobStartsAfterAbandoning() throws Exception {
        StubbornJob stuck = new StubbornJob();
        manager.addRunningJob("stuck", stuck);
        manager.addShutdownJob("close", note("close"));
        manager.addShutdownJob("close-lower", note("close-lower"), shutdownIn(-1));
        Waiting.forResult(stuck.started);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(23));
        assertThat(order).isEmpty();
        ticker.advanceWhenParked(Duration.ofSeconds(1));

        ShutdownReport report = Waiting.forResult(done);
        assertThat(order).containsExactly("close", "close-lower");
        assertThat(report.jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.ABANDONED, JobOutcome.COMPLETED, JobOutcome.COMPLETED);
        stuck.end();
    }

    @Test
    @DisplayName("C4: phases are driven singly through the phase control, each stopped once")
    void phasesAreDrivenSingly() throws Exception {
        manager.addRunningJob("run-2", noteCancellation("run-2"), runningIn(2));
        manager.addShutdownJob("close-1", note("close-1"), shutdownIn(1));
        manager.addShutdownJob("close-0", note("close-0"), shutdownIn(0));
        PhaseControl control = manager.phaseControl();

        assertThat(control.begin(REASON)).isTrue();
        assertThat(control.begin(REASON)).isFalse();
        assertThat(order).isEmpty();
        Waiting.forResult(control.stop(2));
        assertThat(order).containsExactly("run-2");
        Waiting.forResult(control.stop(1));
        Waiting.forResult(control.stop(1));
        assertThat(order).containsExactly("run-2", "close-1");
        assertThat(manager.done()).isNotDone();
        Waiting.forResult(control.finish());

        assertThat(order).containsExactly("run-2", "close-1", "close-0");
        ShutdownReport report = manager.awaitDone();
        Waiting.forResult(control.finish());
        assertThat(manager.awaitDone()).isSameAs(report);
    }

    @Test
    @DisplayName("C4: a request is left to the framework that the manager is part of")
    void requestIsLeftToTheFramework() throws Exception {
        CompletableFuture<ShutdownReason> told = new CompletableFuture<>();
        GracefulManager delegating = GracefulManager.builder()
                .gracePeriod(Duration.ofSeconds(30))
                .ticker(ticker)
                .signals(false)
                .delegate(told::complete)
                .build();

        delegating.shutdown(REASON);

        assertThat(Waiting.forResult(told)).isEqualTo(REASON);
        assertThat(delegating.state()).isEqualTo(ManagerState.SHUTTING_DOWN);
        Waiting.forResult(delegating.phaseControl().finish());
        assertThat(delegating.awaitDone().reason()).isEqualTo(REASON);
    }

    @Test
    @DisplayName("C4: where that framework fails, the manager goes on by itself")
    void frameworkThatFails() throws Exception {
        GracefulManager delegating = GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .delegate(reason -> {
                    throw new IllegalStateException("framework");
                })
                .build();
        delegating.addShutdownJob("close", note("close"));

        Waiting.forResult(delegating.shutdown(REASON));

        assertThat(order).containsExactly("close");
    }

    @Test
    @DisplayName("C4: a shutdown without shutdown jobs skips them, and reserves nothing for them")
    void shutdownWithoutShutdownJobs() throws Exception {
        StubbornJob run = new StubbornJob();
        manager.addRunningJob("run", run);
        manager.addShutdownJob("close", note("close"));
        JobContext context = Waiting.forResult(run.started);

        manager.phaseControl().beginWithoutShutdownJobs(REASON);
        CompletionStage<ShutdownReport> done = manager.done();
        manager.phaseControl().finish();
        Waiting.until(context::isCancelled);
        assertThat(context.remaining()).hasSeconds(30);
        run.end();

        assertThat(Waiting.forResult(done).jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.COMPLETED, JobOutcome.SKIPPED);
        assertThat(order).isEmpty();
        assertThat(Waiting.forResult(done).blame()).extracting(WaitedFor::name).doesNotContain("close");
    }

    @Test
    @DisplayName("C4: jobs whose options name no phase are in the manager's default ones")
    void defaultPhasesAreUsed() throws Exception {
        GracefulManager phased = GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .defaultPhases(7, -7)
                .build();
        phased.addRunningJob("run", JobContext::awaitCancellation);
        phased.addShutdownJob("close", context -> {});

        assertThat(phased.phaseControl().phases()).containsExactly(7, -7);
        assertThat(phased.phaseControl().beginWithoutShutdownJobs(REASON)).isTrue();
        assertThat(phased.phaseControl().beginWithoutShutdownJobs(REASON)).isFalse();
        Waiting.forResult(phased.phaseControl().finish());
    }

    @Test
    @DisplayName("C5: independent shutdown jobs run in parallel")
    void independentShutdownJobsRunInParallel() throws Exception {
        CyclicBarrier together = new CyclicBarrier(3);
        for (String name : List.of("one", "two", "three")) {
            manager.addShutdownJob(name, context -> together.await(30, TimeUnit.SECONDS));
        }

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
    }

    @Test
    @DisplayName("C5: a shutdown job starts when all jobs it comes after are over")
    void shutdownJobsFollowTheGraph() throws Exception {
        manager.addShutdownJob("a", note("a"));
        manager.addShutdownJob("b", note("b"), after("a"));
        manager.addShutdownJob("c", note("c"), after("a"));
        manager.addShutdownJob("d", note("d"), after("b", "c"));

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(order).hasSize(4).startsWith("a").endsWith("d");
    }

    @Test
    @DisplayName("C5: a shutdown job does not start while one of several jobs it comes after still runs")
    void waitsForAllItComesAfter() throws Exception {
        StubbornJob held = new StubbornJob();
        StubbornJob beside = new StubbornJob();
        manager.addShutdownJob("over", note("over"));
        manager.addShutdownJob("held", held);
        manager.addShutdownJob("both", note("both"), after("over", "held"));
        manager.addShutdownJob("beside", beside, after("over"));

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.forResult(held.started);
        Waiting.forResult(beside.started);

        // "both" would have been started before "beside".
        assertThat(manager.jobs().get(2).state()).isEqualTo(JobState.WAITING);
        held.end();
        beside.end();
        Waiting.forResult(done);
        assertThat(order).containsExactly("over", "both");
    }

    @Test
    @DisplayName("C5: a phase takes as long as its longest path, which the report names")
    void longestPath() throws Exception {
        StubbornJob first = new StubbornJob();
        StubbornJob second = new StubbornJob();
        StubbornJob beside = new StubbornJob();
        manager.addShutdownJob("first", first);
        manager.addShutdownJob("second", second, after("first"));
        manager.addShutdownJob("beside", beside);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.forResult(first.started);
        Waiting.forResult(beside.started);
        ticker.advance(Duration.ofSeconds(2));
        first.end();
        Waiting.forResult(second.started);
        ticker.advance(Duration.ofSeconds(1));
        beside.end();
        Waiting.until(() -> manager.jobs().get(2).outcome() == JobOutcome.COMPLETED);
        ticker.advance(Duration.ofSeconds(2));
        second.end();

        ShutdownReport report = Waiting.forResult(done);
        assertThat(report.elapsed()).hasSeconds(5);
        assertThat(report.phases().get(0).elapsed()).hasSeconds(5);
        assertThat(report.phases().get(0).blame()).extracting(JobResult::job).containsExactly("first", "second");
        assertThat(report.blame()).extracting(WaitedFor::name).containsExactly("second", "first");
        assertThat(report.jobs()).extracting(job -> job.began().toSeconds()).containsExactly(0L, 2L, 0L);
        assertThat(report.jobs()).extracting(job -> job.elapsed().toSeconds()).containsExactly(2L, 3L, 3L);
    }

    @Test
    @DisplayName("C18: the running job that was waited for longest is named by the report, one that had ended is not")
    void slowestRunningJobIsOnCriticalPath() throws Exception {
        StubbornJob quick = new StubbornJob();
        StubbornJob slow = new StubbornJob();
        manager.addRunningJob("quick", quick);
        manager.addRunningJob("slow", slow);
        manager.addRunningJob("ended", context -> {}, runningIn(-1));
        manager.addShutdownJob("close", context -> {});
        Waiting.until(() -> manager.jobs().get(2).state() == JobState.ENDED);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.awaitParked(Duration.ofSeconds(23));
        ticker.advance(Duration.ofSeconds(2));
        quick.end();
        Waiting.until(() -> manager.jobs().get(0).state() == JobState.ENDED);
        ticker.advance(Duration.ofSeconds(3));
        slow.end();
        ShutdownReport report = Waiting.forResult(done);

        List<JobResult> path = report.phases().get(0).blame();
        assertThat(path).extracting(JobResult::job).containsExactly("slow", "close");
        assertThat(path.get(0).elapsed()).hasSeconds(5);
        assertThat(report.phases().get(1).blame()).isEmpty();
    }

    @Test
    @DisplayName("C5: a job may come after one of a higher phase, which is over by then")
    void afterJobOfHigherPhase() throws Exception {
        manager.addShutdownJob("high", note("high"), shutdownIn(1));
        manager.addShutdownJob("low", note("low"), after("high"));

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(order).containsExactly("high", "low");
    }

    @Test
    @DisplayName("C20: a unit of work in flight holds back the shutdown jobs that come after the drain")
    void unitInFlightHoldsBackShutdownJobs() throws Exception {
        WorkTracker tracker = new WorkTracker();
        UnitOfWork message = tracker.enter();
        CountDownLatch besideEnded = new CountDownLatch(1);
        manager.addShutdownJob("drain", context -> {
            tracker.drain().get();
            order.add("drain");
        });
        manager.addShutdownJob("beside", context -> besideEnded.countDown());
        manager.addShutdownJob("close-database", note("close-database"), after("drain"));
        manager.addShutdownJob("lower", note("lower"), shutdownIn(-1));

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.forLatch(besideEnded);
        Waiting.until(tracker::isDraining);
        assertThat(tracker.tryEnter()).isNull();
        assertThat(order).isEmpty();
        message.close();

        assertThat(Waiting.forResult(done).outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(order).containsExactly("drain", "close-database", "lower");
    }

    @Test
    @DisplayName("C6: a shutdown job that fails keeps none from running, those after it included")
    void failureStopsNoOther() throws Exception {
        AssertionError failure = new AssertionError("close");
        manager.addShutdownJob("fails", context -> {
            throw failure;
        });
        manager.addShutdownJob("beside", note("beside"));
        manager.addShutdownJob("later", note("later"), after("fails"));
        manager.addShutdownJob("lower", note("lower"), shutdownIn(-1));

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(order).containsExactlyInAnyOrder("beside", "later", "lower").endsWith("lower");
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.FAILED);
        assertThat(report.jobs().get(0).failure()).isSameAs(failure);
    }

    @Test
    @DisplayName("C6: a shutdown job that hangs keeps none from running, those after it included")
    void hangStopsNoOther() throws Exception {
        StubbornJob hangs = new StubbornJob();
        manager.addShutdownJob("hangs", hangs);
        manager.addShutdownJob("later", note("later"), after("hangs"));
        manager.addShutdownJob("lower", note("lower"), shutdownIn(-1));

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(30));
        ShutdownReport report = Waiting.forResult(done);

        assertThat(order).containsExactly("later", "lower");
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.TIMED_OUT);
        assertThat(report.jobs().get(0).outcome()).isEqualTo(JobOutcome.TIMED_OUT);
        hangs.end();
    }
}
