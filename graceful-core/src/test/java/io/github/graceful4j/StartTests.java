package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.internal.jvm.Threads;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StartTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final GracefulManager manager = GracefulManager.builder()
            .gracePeriod(Duration.ofSeconds(30))
            .ticker(ticker)
            .signals(false)
            .build();
    private final GracefulManager held = GracefulManager.builder()
            .ticker(ticker)
            .signals(false)
            .autoStart(false)
            .build();

    @Test
    @DisplayName("C1: a manager without jobs shuts down at once, cleanly")
    void shutsDownWithoutJobs() throws Exception {
        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(report.reason()).isEqualTo(REASON);
        assertThat(report.jobs()).isEmpty();
        assertThat(report.errors()).isEmpty();
        assertThat(report.elapsed()).isZero();
        assertThat(manager.state()).isEqualTo(ManagerState.TERMINATED);
    }

    @Test
    @DisplayName("C1: managers know nothing of each other")
    void managersAreIndependent() throws Exception {
        GracefulManager other =
                GracefulManager.builder().ticker(ticker).signals(false).build();
        manager.addRunningJob("same-name", JobContext::awaitCancellation);
        other.addRunningJob("same-name", JobContext::awaitCancellation);

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(other.state()).isEqualTo(ManagerState.STARTED);
        assertThat(other.jobs()).extracting(JobSnapshot::state).containsExactly(JobState.ACTIVE);
        Waiting.forResult(other.shutdown(REASON));
    }

    @Test
    @Tag("rounds")
    @DisplayName("C1: ten managers start and shut down one after the other")
    void startsAndShutsDownTenTimes() throws Exception {
        for (int i = 0; i < 10; i++) {
            GracefulManager next =
                    GracefulManager.builder().ticker(ticker).signals(false).build();
            next.addRunningJob("job", JobContext::awaitCancellation);
            next.addShutdownJob("close", context -> {});

            ShutdownReport report = Waiting.forResult(next.shutdown(REASON));

            assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        }
    }

    @Test
    @DisplayName("C2: a started manager starts a running job at once, on a thread named after it")
    void startsJobAtOnce() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();

        manager.addRunningJob("consume", context -> {
            thread.complete(Thread.currentThread());
            context.awaitCancellation();
        });

        assertThat(Waiting.forResult(thread).getName()).isEqualTo("graceful-job-consume");
        assertThat(Waiting.forResult(thread)).isNotSameAs(Thread.currentThread());
        assertThat(manager.jobs())
                .containsExactly(new JobSnapshot(
                        "consume",
                        JobKind.RUNNING,
                        0,
                        JobState.ACTIVE,
                        Duration.ZERO,
                        0,
                        null,
                        null,
                        "graceful-job-consume"));
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C2: a held manager starts its running jobs only when told")
    void heldManagerStartsLater() throws Exception {
        CompletableFuture<String> started = new CompletableFuture<>();
        held.addRunningJob("consume", context -> started.complete(context.name()));

        assertThat(held.state()).isEqualTo(ManagerState.NEW);
        assertThat(held.jobs()).extracting(JobSnapshot::state).containsExactly(JobState.WAITING);
        assertThat(started).isNotDone();

        held.start();

        assertThat(Waiting.forResult(started)).isEqualTo("consume");
        assertThat(held.state()).isEqualTo(ManagerState.STARTED);
        Waiting.forResult(held.shutdown(REASON));
    }

    @Test
    @DisplayName("C2: a held manager that is shut down before it was started runs its shutdown jobs only")
    void shutsDownBeforeStart() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        held.addRunningJob("consume", context -> ran.complete("consume"));
        held.addShutdownJob("close", context -> ran.complete("close"));

        ShutdownReport report = Waiting.forResult(held.shutdown(REASON));
        held.start();

        assertThat(ran).isCompletedWithValue("close");
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(report.jobs())
                .extracting("job", "outcome")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("consume", JobOutcome.SKIPPED),
                        org.assertj.core.groups.Tuple.tuple("close", JobOutcome.COMPLETED));
    }

    @Test
    @DisplayName("C2: a job that ended by itself is not started again")
    void endedJobStaysEnded() throws Exception {
        BlockingQueue<String> starts = new LinkedBlockingQueue<>();
        manager.addRunningJob("once", context -> starts.add("once"));
        Waiting.until(() -> manager.jobs().get(0).state() == JobState.ENDED);

        Waiting.forResult(manager.phaseControl().pause(0));
        manager.start();
        Waiting.forResult(manager.shutdown(REASON));

        assertThat(starts).hasSize(1);
    }

    @Test
    @DisplayName("C2: every start gives a job a fresh cancellation")
    void restartAfterPauseIsFresh() throws Exception {
        BlockingQueue<JobContext> contexts = new LinkedBlockingQueue<>();
        manager.addRunningJob("consume", context -> {
            contexts.add(context);
            context.awaitCancellation();
        });
        JobContext first = contexts.take();

        Waiting.forResult(manager.phaseControl().pause(0));
        manager.start();
        JobContext second = contexts.take();

        assertThat(first.isCancelled()).isTrue();
        assertThat(second.isCancelled()).isFalse();
        assertThat(second.remaining()).isEqualTo(Deadline.UNLIMITED);
        Waiting.forResult(manager.shutdown(REASON));
        assertThat(contexts).isEmpty();
    }

    @Test
    @Tag("rounds")
    @DisplayName("C2: a job that is paused and started ten times runs once each time, never beside itself")
    void startsAndPausesTenTimes() throws Exception {
        BlockingQueue<JobContext> contexts = new LinkedBlockingQueue<>();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger mostRunning = new AtomicInteger();
        held.addRunningJob("consume", context -> {
            mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
            contexts.add(context);
            context.awaitCancellation();
            running.decrementAndGet();
        });

        for (int i = 0; i < 10; i++) {
            held.start();
            assertThat(contexts.take().isCancelled()).isFalse();
            Waiting.forResult(held.phaseControl().pause(0));
        }
        Waiting.forResult(held.shutdown(REASON));

        assertThat(mostRunning).hasValue(1);
        assertThat(contexts).isEmpty();
    }

    @Test
    @DisplayName("C2: a job started again before its paused run has ended starts when that ends")
    void startDuringPauseIsNotLost() throws Exception {
        BlockingQueue<JobContext> contexts = new LinkedBlockingQueue<>();
        CompletableFuture<String> mayEnd = new CompletableFuture<>();
        manager.addRunningJob("consume", context -> {
            contexts.add(context);
            context.awaitCancellation();
            Waiting.forResult(mayEnd);
        });
        JobContext first = contexts.take();

        CompletableFuture<?> paused = manager.phaseControl().pause(0);
        manager.start();
        Waiting.until(first::isCancelled);
        assertThat(contexts).isEmpty();
        mayEnd.complete("now");
        Waiting.forResult(paused);

        assertThat(contexts.take().isCancelled()).isFalse();
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C2: a job given up by a pause never runs twice at the same time")
    void abandonedRunIsNotDoubled() throws Exception {
        BlockingQueue<StubbornJob> starts = new LinkedBlockingQueue<>();
        StubbornJob first = new StubbornJob();
        manager.addRunningJob("consume", context -> {
            boolean isFirst = starts.isEmpty() && !first.started.isDone();
            StubbornJob run = isFirst ? first : new StubbornJob();
            starts.add(run);
            if (isFirst) {
                run.run(context);
            }
        });
        starts.take();
        CompletableFuture<?> paused = manager.phaseControl().pause(0);
        ticker.advanceWhenParked(Duration.ofSeconds(29));
        ticker.advanceWhenParked(Duration.ofSeconds(1));
        Waiting.forResult(paused);

        manager.start();

        assertThat(starts).isEmpty();
        assertThat(manager.jobs()).extracting(JobSnapshot::outcome).containsExactly(JobOutcome.ABANDONED);
        first.end();
        assertThat(starts.take()).isNotSameAs(first);
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C2: phases start from the lowest up to the one named")
    void startsPhasesOneByOne() throws Exception {
        RecordingListener listener = new RecordingListener();
        GracefulManager phased = GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .autoStart(false)
                .listener(listener)
                .build();
        for (int phase : List.of(3, 1, 2)) {
            phased.addRunningJob(
                    "job-" + phase,
                    JobContext::awaitCancellation,
                    RunningJobOptions.defaults().withPhase(phase));
        }

        phased.phaseControl().start(2);
        phased.addRunningJob(
                "late",
                JobContext::awaitCancellation,
                RunningJobOptions.defaults().withPhase(1));
        Waiting.forResult(phased.shutdown(REASON));

        assertThat(listener.events)
                .filteredOn(event -> event.endsWith("began") && event.startsWith("RUNNING"))
                .containsExactly("RUNNING job-1 began", "RUNNING job-2 began", "RUNNING late began");
    }

    @Test
    @DisplayName("C2: a held manager starts its jobs phase by phase, the lowest first")
    void startsLowestPhaseFirst() throws Exception {
        RecordingListener listener = new RecordingListener();
        GracefulManager phased = GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .autoStart(false)
                .listener(listener)
                .build();
        for (int phase : new int[] {1, -1, 0}) {
            phased.addRunningJob(
                    "in " + phase,
                    JobContext::awaitCancellation,
                    RunningJobOptions.defaults().withPhase(phase));
        }

        phased.start();
        Waiting.forResult(phased.shutdown(REASON));

        assertThat(listener.events).startsWith("RUNNING in -1 began", "RUNNING in 0 began", "RUNNING in 1 began");
    }

    @Test
    @DisplayName("C2: pausing down to a phase leaves the jobs of lower phases running")
    void pauseLeavesLowerPhasesRunning() throws Exception {
        manager.addRunningJob("low", JobContext::awaitCancellation);
        manager.addRunningJob(
                "high",
                JobContext::awaitCancellation,
                RunningJobOptions.defaults().withPhase(1));

        Waiting.forResult(manager.phaseControl().pause(1));

        assertThat(manager.jobs()).extracting(JobSnapshot::state).containsExactly(JobState.ACTIVE, JobState.ENDED);
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C11: callbacks that no thread can be started for are recorded as failed, and their job can end")
    void callbackThreadThatCannotStart() throws Exception {
        OutOfMemoryError noThread = new OutOfMemoryError("unable to create native thread");
        GracefulManager scarce = managerOn((name, work) -> {
            if (name.endsWith("-cancel")) {
                throw noThread;
            }
            return Threads.platform().newThread(name, work);
        });
        CompletableFuture<JobContext> ready = new CompletableFuture<>();
        scarce.addRunningJob("job", context -> {
            context.onCancel(() -> {});
            ready.complete(context);
            context.awaitCancellation();
        });
        Waiting.forResult(ready);

        Waiting.forResult(scarce.phaseControl().pause(Integer.MIN_VALUE));

        assertThat(scarce.jobs()).extracting(JobSnapshot::outcome).containsExactly(JobOutcome.COMPLETED);
        assertThat(scarce.errors())
                .containsExactly(new RecordedError("job", RecordedError.Source.CANCELLATION_CALLBACK, noThread));
    }

    @Test
    @DisplayName("C10: C23: in a shutdown, callbacks that no thread can be started for run nevertheless")
    void callbackWithoutThreadRunsInAShutdown() throws Exception {
        GracefulManager scarce = managerOn((name, work) -> {
            if (name.endsWith("-cancel")) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return Threads.platform().newThread(name, work);
        });
        CompletableFuture<JobContext> ready = new CompletableFuture<>();
        CompletableFuture<String> called = new CompletableFuture<>();
        scarce.addRunningJob("job", context -> {
            context.onCancel(() -> called.complete("called"));
            ready.complete(context);
            context.awaitCancellation();
        });
        Waiting.forResult(ready);

        ShutdownReport report = Waiting.forResult(scarce.shutdown(REASON));

        assertThat(Waiting.forResult(called)).isEqualTo("called");
        assertThat(report.errors()).isEmpty();
    }

    @Test
    @DisplayName("C2: a thread that can't be started is a failure of its job, and of no other")
    void threadThatCannotStart() throws Exception {
        OutOfMemoryError noThread = new OutOfMemoryError("unable to create native thread");
        GracefulManager scarce = managerOn((name, work) -> {
            if (name.endsWith("-job")) {
                throw noThread;
            }
            return Threads.platform().newThread(name, work);
        });

        Registration job = scarce.addRunningJob("job", context -> {});
        Registration other = scarce.addRunningJob("other", JobContext::awaitCancellation);

        assertThat(job.snapshot().outcome()).isEqualTo(JobOutcome.FAILED);
        assertThat(job.snapshot().lastFailure()).isSameAs(noThread);
        assertThat(other.state()).isEqualTo(JobState.ACTIVE);
        assertThat(scarce.errors())
                .containsExactly(new RecordedError("job", RecordedError.Source.RUNNING_JOB, noThread));
        assertThat(Waiting.forResult(scarce.shutdown(REASON)).outcome()).isEqualTo(ShutdownOutcome.FAILED);
    }

    private GracefulManager managerOn(Threads ofJobs) {
        return GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .threads(ofJobs, Threads.lasting())
                .build();
    }
}
