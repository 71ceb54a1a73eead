package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.ManualTicker;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RegistrationTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final GracefulManager manager =
            GracefulManager.builder().ticker(ticker).signals(false).build();
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
    @DisplayName("C13: it is too late to cancel a running job that ended by itself")
    void cancelAfterTheEnd() throws Exception {
        Registration registration = manager.addRunningJob("run", context -> {});
        Waiting.until(() -> manager.jobs().get(0).state() == JobState.ENDED);

        assertThat(registration.forget()).isFalse();

        Waiting.forResult(manager.shutdown(REASON));
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
