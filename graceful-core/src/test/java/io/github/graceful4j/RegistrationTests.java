package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.ManualTicker;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RegistrationTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final GracefulManager manager = GracefulManager.builder()
            .gracePeriod(Duration.ofSeconds(30))
            .ticker(ticker)
            .signals(false)
            .build();
    private final Set<String> ran = ConcurrentHashMap.newKeySet();

    private static ShutdownJobOptions phase(int phase) {
        return ShutdownJobOptions.defaults().withPhase(phase);
    }

    @Test
    @DisplayName("C13: after shutdown was requested, no running job is accepted, and none is half-registered")
    void runningJobAfterRequest() throws Exception {
        StubbornJob close = new StubbornJob();
        manager.addShutdownJob("close", close);
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.forResult(close.started);
        ticker.advance(Duration.ofMillis(1_200));

        assertThatThrownBy(() -> manager.addRunningJob("late", context -> ran.add("late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Can't register job 'late': shutdown began 1200 ms ago (reason: test)");

        assertThat(manager.jobs()).extracting(JobSnapshot::job).containsExactly("close");
        close.end();
        Waiting.forResult(done);
        assertThat(ran).isEmpty();
    }

    @Test
    @DisplayName("C13: while stopping, a shutdown job of a later phase is accepted and run, one of a begun phase not")
    void shutdownJobWhileStopping() throws Exception {
        StubbornJob close = new StubbornJob();
        manager.addShutdownJob("close", close);
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.forResult(close.started);

        manager.addShutdownJob("later", context -> ran.add("later"), phase(-1));
        assertThatThrownBy(() -> manager.addShutdownJob("same", context -> ran.add("same")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Can't register job 'same': its phase 0 has begun to stop in a shutdown that began 0 ms"
                        + " ago (reason: test)");
        assertThatThrownBy(() -> manager.addShutdownJob("earlier", context -> ran.add("earlier"), phase(1)))
                .isInstanceOf(IllegalStateException.class);
        close.end();

        assertThat(Waiting.forResult(done).jobs()).extracting(JobResult::job).containsExactly("close", "later");
        assertThat(ran).containsExactly("later");
    }

    @Test
    @DisplayName("C13: a job that has to run after one whose registration was cancelled has nothing to wait for")
    void cancelledJobIsNotWaitedFor() throws Exception {
        GracefulManager held =
                GracefulManager.builder().signals(false).autoStart(false).build();
        Registration first = held.addShutdownJob("first", context -> ran.add("first"));
        held.addShutdownJob(
                "second",
                context -> ran.add("second"),
                ShutdownJobOptions.defaults().withAfter("first"));

        first.forget();
        held.start();
        Waiting.forResult(held.shutdown(REASON));

        assertThat(ran).containsExactly("second");
    }

    @Test
    @DisplayName("C13: a shutdown job may register one of a later phase")
    void shutdownJobRegistersAnother() throws Exception {
        manager.addShutdownJob("close", context -> manager.addShutdownJob("later", c -> ran.add("later"), phase(-5)));

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(ran).containsExactly("later");
    }

    @Test
    @DisplayName("C13: after the shutdown, nothing is accepted")
    void nothingAfterTheEnd() throws Exception {
        Waiting.forResult(manager.shutdown(REASON));

        assertThatThrownBy(() -> manager.addRunningJob("run", context -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.addShutdownJob("close", context -> {}, phase(Integer.MIN_VALUE)))
                .isInstanceOf(IllegalStateException.class);

        assertThat(manager.jobs()).isEmpty();
    }

    @Test
    @Tag("rounds")
    @DisplayName("C13: a running job registered at the moment of the request is either run or refused, never lost")
    void registrationAtTheMomentOfTheRequest() throws Exception {
        for (int i = 0; i < 200; i++) {
            GracefulManager racing =
                    GracefulManager.builder().ticker(ticker).signals(false).build();
            racing.addShutdownJob("close", context -> {});
            CompletableFuture<String> ranNow = new CompletableFuture<>();
            CyclicBarrier together = new CyclicBarrier(2);
            Thread requester = new Thread(() -> {
                meet(together);
                racing.shutdown(REASON);
            });
            requester.start();

            boolean accepted = true;
            meet(together);
            try {
                racing.addRunningJob("run", context -> ranNow.complete("ran"));
            } catch (IllegalStateException e) {
                accepted = false;
            }

            Waiting.forResult(racing.done());
            assertThat(ranNow.isDone()).isEqualTo(accepted);
            requester.join();
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("C13: a cancelled running job is stopped on its own, and the others go on")
    void cancelledRunningJobIsStopped() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Registration registration = manager.addRunningJob("one", context -> {
            context.awaitCancellation();
            ended.countDown();
        });
        manager.addRunningJob("other", JobContext::awaitCancellation);

        assertThat(registration.name()).isEqualTo("one");
        assertThat(registration).hasToString("Registration[one]");
        assertThat(registration.forget()).isTrue();
        assertThat(registration.forget()).isFalse();
        Waiting.forLatch(ended);

        Waiting.until(() -> manager.jobs().size() == 1);
        assertThat(manager.jobs()).extracting(JobSnapshot::state).containsExactly(JobState.ACTIVE);
        manager.addRunningJob("one", JobContext::awaitCancellation);
        assertThat(Waiting.forResult(manager.shutdown(REASON)).jobs())
                .extracting(JobResult::job)
                .containsExactly("other", "one");
    }

    @Test
    @DisplayName("C13: a running job that ignores its cancellation is escalated on its own")
    void cancelledRunningJobIsEscalated() throws Exception {
        StubbornJob job = new StubbornJob();
        Registration registration = manager.addRunningJob("stubborn", job);
        Waiting.forResult(job.started);

        registration.forget();
        ticker.advanceWhenParked(Duration.ofSeconds(29));
        Waiting.forResult(job.interrupted);
        ticker.advanceWhenParked(Duration.ofSeconds(1));
        Waiting.until(() -> manager.jobs().get(0).outcome() == JobOutcome.ABANDONED);

        assertThat(manager.state()).isEqualTo(ManagerState.STARTED);
        assertThatThrownBy(() -> manager.addRunningJob("stubborn", context -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        job.end();
        Waiting.until(() -> manager.jobs().isEmpty());
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C13: a running job of a held manager that was cancelled never runs")
    void cancelledBeforeStart() throws Exception {
        GracefulManager held = GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .autoStart(false)
                .build();
        Registration registration = held.addRunningJob("run", context -> ran.add("run"));

        assertThat(registration.forget()).isTrue();
        held.start();

        assertThat(held.jobs()).isEmpty();
        Waiting.forResult(held.shutdown(REASON));
        assertThat(ran).isEmpty();
    }

    @Test
    @DisplayName("C13: a paused job that was cancelled is not started again")
    void cancelledWhilePaused() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Registration registration = manager.addRunningJob("run", context -> {
            ran.add("run " + started.getCount());
            started.countDown();
            context.awaitCancellation();
        });
        Waiting.forLatch(started);
        Waiting.forResult(manager.phaseControl().pause(0));

        assertThat(registration.forget()).isTrue();
        manager.start();

        Waiting.until(() -> manager.jobs().isEmpty());
        Waiting.forResult(manager.shutdown(REASON));
        assertThat(ran).containsExactly("run 1");
    }

    @Test
    @DisplayName("C25: a running job that ended by itself can be forgotten, and its name used again")
    void forgetAfterTheEnd() throws Exception {
        Registration registration = manager.addRunningJob("run", context -> {});
        Waiting.until(() -> registration.state() == JobState.ENDED);

        assertThat(registration.forget()).isTrue();
        assertThat(registration.forget()).isFalse();

        assertThat(manager.jobs()).isEmpty();
        Registration next = manager.addRunningJob("run", JobContext::awaitCancellation);
        assertThat(next.state()).isEqualTo(JobState.ACTIVE);
        assertThat(registration.state()).isEqualTo(JobState.ENDED);
        assertThat(Waiting.forResult(manager.shutdown(REASON)).jobs()).hasSize(1);
    }

    @Test
    @DisplayName("C25: it is too late to forget a running job once shutdown was requested, which reports on it")
    void forgetAfterTheRequest() throws Exception {
        StubbornJob job = new StubbornJob();
        Registration running = manager.addRunningJob("stubborn", job);
        Registration ended = manager.addRunningJob("ended", context -> {});
        Waiting.forResult(job.started);
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();

        assertThat(running.forget()).isFalse();
        assertThat(ended.forget()).isFalse();
        job.end();

        assertThat(Waiting.forResult(done).jobs())
                .extracting(JobResult::job)
                .containsExactlyInAnyOrder("stubborn", "ended");
        assertThat(running.forget()).isFalse();
    }

    @Test
    @DisplayName("C25: a stop ends one job until it is started by name; it is not the job's end, and starts no policy")
    void stopEndsOneJob() throws Exception {
        CountDownLatch started = new CountDownLatch(2);
        Registration registration = manager.addRunningJob("one", context -> {
            started.countDown();
            context.awaitCancellation();
        });
        Registration other = manager.addRunningJob("other", JobContext::awaitCancellation);
        CompletableFuture<JobResult> ended = registration.ended().toCompletableFuture();
        Waiting.until(() -> started.getCount() == 1);

        Waiting.forResult(registration.stop());

        assertThat(registration.state()).isEqualTo(JobState.STOPPED);
        assertThat(registration.snapshot().outcome()).isEqualTo(JobOutcome.COMPLETED);
        assertThat(other.state()).isEqualTo(JobState.ACTIVE);
        manager.start();
        assertThat(registration.state()).isEqualTo(JobState.STOPPED);
        manager.jobControl().start("one");
        Waiting.forLatch(started);
        assertThat(registration.state()).isEqualTo(JobState.ACTIVE);
        assertThat(ended).isNotDone();
        Waiting.forResult(manager.shutdown(REASON));
        assertThat(Waiting.forResult(ended).outcome()).isEqualTo(JobOutcome.COMPLETED);
    }

    @Test
    @DisplayName("C25: a stop of a job that has ended, is forgotten, or is ended by the shutdown anyway does nothing")
    void stopThatDoesNothing() throws Exception {
        StubbornJob job = new StubbornJob();
        Registration ended = manager.addRunningJob("ended", context -> {});
        Registration forgotten = manager.addRunningJob("forgotten", context -> {});
        Registration running = manager.addRunningJob("stubborn", job);
        Waiting.forResult(ended.ended());
        Waiting.forResult(forgotten.ended());
        Waiting.forResult(job.started);
        forgotten.forget();

        Waiting.forResult(ended.stop());
        Waiting.forResult(forgotten.stop());
        assertThat(ended.state()).isEqualTo(JobState.ENDED);
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.forResult(running.stop());
        Waiting.until(() -> running.state() == JobState.STOPPING);

        job.end();
        Waiting.forResult(done);
    }

    @Test
    @DisplayName(
            "C25: a shutdown job that is stopped is skipped, and stays in the report; one that is forgotten is not")
    void stopOfAShutdownJob() throws Exception {
        Registration stopped = manager.addShutdownJob("stopped", context -> ran.add("stopped"));
        Registration forgotten = manager.addShutdownJob("forgotten", context -> ran.add("forgotten"));
        CompletableFuture<JobResult> end = stopped.ended().toCompletableFuture();
        assertThat(stopped.state()).isEqualTo(JobState.WAITING);

        Waiting.forResult(stopped.stop());
        assertThat(forgotten.forget()).isTrue();
        manager.addShutdownJob("forgotten", context -> ran.add("its name"));

        assertThat(stopped.state()).isEqualTo(JobState.ENDED);
        assertThat(Waiting.forResult(end).outcome()).isEqualTo(JobOutcome.SKIPPED);
        assertThat(Waiting.forResult(manager.shutdown(REASON)).jobs())
                .extracting(JobResult::job, JobResult::outcome)
                .containsExactly(tuple("stopped", JobOutcome.SKIPPED), tuple("forgotten", JobOutcome.COMPLETED));
        assertThat(ran).containsExactly("its name");
    }

    @Test
    @DisplayName(
            "C25: the end of a job is told with its result, to whoever asks before or after, each by his own stage")
    void endIsTold() throws Exception {
        IllegalStateException failure = new IllegalStateException("broken");
        CountDownLatch mayFail = new CountDownLatch(1);
        Registration failing = manager.addRunningJob("failing", context -> {
            mayFail.await();
            throw failure;
        });
        Registration running = manager.addRunningJob("running", JobContext::awaitCancellation);
        Registration closing = manager.addShutdownJob("closing", context -> {});
        CompletableFuture<JobResult> before = failing.ended().toCompletableFuture();
        CompletableFuture<JobResult> completedByOther = failing.ended().toCompletableFuture();
        completedByOther.cancel(true);
        assertThat(before).isNotDone();

        mayFail.countDown();

        JobResult result = Waiting.forResult(before);
        assertThat(result.outcome()).isEqualTo(JobOutcome.FAILED);
        assertThat(result.failure()).isSameAs(failure);
        assertThat(failing.ended().toCompletableFuture()).isCompletedWithValue(result);
        assertThat(running.ended().toCompletableFuture()).isNotDone();
        assertThat(closing.ended().toCompletableFuture()).isNotDone();
        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));
        assertThat(Waiting.forResult(running.ended())).isEqualTo(report.jobs().get(1));
        assertThat(Waiting.forResult(closing.ended())).isEqualTo(report.jobs().get(2));
    }

    @Test
    @DisplayName("C25: the end of a job that is restarted is not told until it is restarted no more")
    void restartIsNotTheEnd() throws Exception {
        RunningJobOptions restarting = RunningJobOptions.defaults()
                .withFailurePolicy(FailurePolicy.restart().withLimit(1, Deadline.UNLIMITED));
        Registration registration = manager.addRunningJob(
                "flaky",
                context -> {
                    throw new IllegalStateException("broken");
                },
                restarting);
        CompletableFuture<JobResult> ended = registration.ended().toCompletableFuture();
        Waiting.until(() -> registration.state() == JobState.BACKING_OFF);
        ticker.awaitParkedWithin(Duration.ofSeconds(1));
        assertThat(ended).isNotDone();

        ticker.advance(Duration.ofSeconds(1));

        assertThat(Waiting.forResult(ended).outcome()).isEqualTo(JobOutcome.FAILED);
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C25: a pause is not the end of a job; to be forgotten while paused is")
    void pauseIsNotTheEnd() throws Exception {
        Registration registration = manager.addRunningJob("run", JobContext::awaitCancellation);
        CompletableFuture<JobResult> ended = registration.ended().toCompletableFuture();

        Waiting.forResult(manager.phaseControl().pause(0));
        assertThat(ended).isNotDone();
        registration.forget();

        assertThat(Waiting.forResult(ended).outcome()).isEqualTo(JobOutcome.COMPLETED);
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C25: a job that never started ends when it is forgotten or passed over")
    void endOfAJobThatNeverRan() throws Exception {
        GracefulManager held =
                GracefulManager.builder().signals(false).autoStart(false).build();
        Registration forgotten = held.addRunningJob("forgotten", context -> ran.add("forgotten"));
        Registration passedOver = held.addRunningJob("passed over", context -> ran.add("passed over"));
        CompletableFuture<JobResult> end = passedOver.ended().toCompletableFuture();

        assertThat(forgotten.forget()).isTrue();
        Waiting.forResult(held.shutdown(REASON));

        assertThat(Waiting.forResult(forgotten.ended()).outcome()).isEqualTo(JobOutcome.SKIPPED);
        assertThat(Waiting.forResult(end).outcome()).isEqualTo(JobOutcome.SKIPPED);
        assertThat(ran).isEmpty();
    }

    @Test
    @Tag("rounds")
    @DisplayName("C25: nothing is kept of jobs that were forgotten but a bounded number of what they threw")
    void nothingIsKeptOfForgottenJobs() throws Exception {
        List<WeakReference<Job>> jobs = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            jobs.add(failAndForget("job-" + i));
        }

        assertThat(manager.jobs()).isEmpty();
        assertThat(manager.errors())
                .hasSize(100)
                .extracting(RecordedError::name)
                .startsWith("job-0")
                .contains("job-49", "job-250")
                .endsWith("job-299");
        Waiting.until(() -> {
            System.gc();
            return jobs.stream().allMatch(job -> job.get() == null);
        });
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C25: what the cancellation callbacks of forgotten jobs threw is bounded as well")
    void callbacksOfForgottenJobs() throws Exception {
        for (int i = 0; i < 120; i++) {
            CountDownLatch registered = new CountDownLatch(1);
            Registration registration = manager.addRunningJob("job-" + i, context -> {
                context.onCancel(() -> {
                    throw new IllegalStateException("callback");
                });
                registered.countDown();
                context.awaitCancellation();
            });
            Waiting.forLatch(registered);
            assertThat(registration.forget()).isTrue();
        }
        Waiting.until(() -> manager.jobs().isEmpty());

        assertThat(manager.errors()).hasSize(100);
        Waiting.forResult(manager.shutdown(REASON));
    }

    private WeakReference<Job> failAndForget(String name) throws InterruptedException {
        Job job = new Job() {
            @Override
            public void run(JobContext context) {
                throw new IllegalStateException(name);
            }
        };
        Registration registration = manager.addRunningJob(name, job);
        Waiting.forResult(registration.ended());
        assertThat(registration.forget()).isTrue();
        return new WeakReference<>(job);
    }

    @Test
    @DisplayName("C13: half of twenty shutdown jobs are cancelled at the same moment, and those never run")
    void concurrentCancellation() throws Exception {
        List<Registration> registrations = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String name = "close-" + i;
            registrations.add(manager.addShutdownJob(name, context -> ran.add(name)));
        }
        CyclicBarrier together = new CyclicBarrier(10);
        List<Thread> cancellers = new ArrayList<>();
        for (Registration registration : registrations.subList(0, 10)) {
            Thread canceller = new Thread(() -> {
                meet(together);
                registration.forget();
            });
            canceller.start();
            cancellers.add(canceller);
        }
        for (Thread canceller : cancellers) {
            canceller.join();
        }

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(ran).hasSize(10).allMatch(name -> Integer.parseInt(name.substring(6)) >= 10);
        assertThat(report.jobs()).hasSize(10);
    }

    @Test
    @DisplayName("C13: a shutdown job cancelled while its phase stops is skipped, and those after it run")
    void cancelledWhileItsPhaseStops() throws Exception {
        StubbornJob first = new StubbornJob();
        manager.addShutdownJob("first", first);
        Registration second = manager.addShutdownJob(
                "second",
                context -> ran.add("second"),
                ShutdownJobOptions.defaults().withAfter("first"));
        manager.addShutdownJob(
                "third",
                context -> ran.add("third"),
                ShutdownJobOptions.defaults().withAfter("second"));
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.forResult(first.started);

        assertThat(second.forget()).isTrue();
        assertThat(manager.jobs()).extracting(JobSnapshot::state).element(1).isEqualTo(JobState.ENDED);
        first.end();

        assertThat(Waiting.forResult(done).jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.COMPLETED, JobOutcome.SKIPPED, JobOutcome.COMPLETED);
        assertThat(ran).containsExactly("third");
        assertThat(Waiting.forResult(done).phases().get(0).blame())
                .extracting(JobResult::job)
                .containsExactly("first", "third");
    }

    @Test
    @DisplayName("C13: it is too late to cancel a shutdown job that was started")
    void cancelStartedShutdownJob() throws Exception {
        StubbornJob close = new StubbornJob();
        Registration registration = manager.addShutdownJob("close", close);
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.forResult(close.started);

        assertThat(registration.forget()).isFalse();

        close.end();
        assertThat(Waiting.forResult(done).jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.COMPLETED);
    }

    @Test
    @DisplayName("C13: snapshots tell where jobs stand")
    void snapshotsTellWhereJobsStand() throws Exception {
        StubbornJob run = new StubbornJob();
        StubbornJob close = new StubbornJob();
        manager.addRunningJob("run", run);
        manager.addShutdownJob("close", close);
        JobContext context = Waiting.forResult(run.started);
        ticker.advance(Duration.ofSeconds(3));
        assertThat(manager.jobs()).extracting(JobSnapshot::state).containsExactly(JobState.ACTIVE, JobState.WAITING);
        assertThat(manager.jobs()).extracting(JobSnapshot::age).containsExactly(Duration.ofSeconds(3), Duration.ZERO);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.until(context::isCancelled);
        assertThat(manager.jobs()).extracting(JobSnapshot::state).containsExactly(JobState.STOPPING, JobState.WAITING);
        run.end();
        Waiting.forResult(close.started);
        Waiting.until(() -> manager.jobs().get(1).state() == JobState.ACTIVE);
        assertThat(manager.jobs()).extracting(JobSnapshot::thread).containsExactly(null, "graceful-job-close");
        close.end();
        Waiting.forResult(done);

        assertThat(manager.jobs()).extracting(JobSnapshot::state).containsOnly(JobState.ENDED);
    }
}
