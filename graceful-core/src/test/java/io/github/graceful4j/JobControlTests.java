package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.RequestedShutdown;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.ManualTicker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobControlTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final GracefulManager manager = GracefulManager.builder()
            .gracePeriod(Duration.ofSeconds(30))
            .ticker(ticker)
            .signals(false)
            .build();
    private final JobControl control = manager.jobControl();
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    /** Works until it is cancelled, and counts. */
    private void work(JobContext context) throws InterruptedException {
        starts.incrementAndGet();
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            context.awaitCancellation();
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private JobSnapshot snapshot(String job) {
        return manager.jobs().stream()
                .filter(each -> each.job().equals(job))
                .findFirst()
                .orElseThrow();
    }

    private void awaitState(String job, JobState state) {
        Waiting.until(() -> snapshot(job).state() == state);
    }

    private void end() throws InterruptedException {
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C2: S13: a job that is stopped by name ends, stays stopped while all others go on, and starts again")
    void stopsAndStarts() throws Exception {
        manager.addRunningJob("one", this::work);
        manager.addRunningJob("other", JobContext::awaitCancellation);
        Waiting.until(() -> starts.get() == 1);

        Waiting.forResult(control.stop("one"));

        assertThat(snapshot("one").state()).isEqualTo(JobState.STOPPED);
        assertThat(snapshot("one").outcome()).isEqualTo(JobOutcome.COMPLETED);
        assertThat(snapshot("other").state()).isEqualTo(JobState.ACTIVE);
        control.start("one");
        Waiting.until(() -> starts.get() == 2);
        assertThat(snapshot("one").state()).isEqualTo(JobState.ACTIVE);
        end();
        assertThat(mostAtOnce).hasValue(1);
    }

    @Test
    @DisplayName("S13: stopping and starting are idempotent")
    void idempotent() throws Exception {
        manager.addRunningJob("one", this::work);
        Waiting.until(() -> starts.get() == 1);

        control.start("one");
        Waiting.forResult(control.stop("one"));
        Waiting.forResult(control.stop("one"));
        control.start("one");
        control.start("one");

        Waiting.until(() -> starts.get() == 2);
        end();
        assertThat(starts).hasValue(2);
    }

    @Test
    @DisplayName("S9: S13: a job that was stopped by name is not started by the end of a pause")
    void pauseDoesNotStartIt() throws Exception {
        manager.addRunningJob("one", this::work);
        Waiting.until(() -> starts.get() == 1);
        Waiting.forResult(control.stop("one"));

        Waiting.forResult(manager.phaseControl().pause(Integer.MIN_VALUE));
        manager.start();

        assertThat(snapshot("one").state()).isEqualTo(JobState.STOPPED);
        control.start("one");
        Waiting.until(() -> starts.get() == 2);
        end();
    }

    @Test
    @DisplayName("S13: a job that was stopped before it was ever started is not started, until it is by name")
    void stoppedBeforeTheStart() throws Exception {
        GracefulManager held =
                GracefulManager.builder().signals(false).autoStart(false).build();
        held.addRunningJob("one", this::work);

        Waiting.forResult(held.jobControl().stop("one"));
        held.start();

        assertThat(held.jobs()).extracting(JobSnapshot::state).containsExactly(JobState.STOPPED);
        held.jobControl().start("one");
        Waiting.until(() -> starts.get() == 1);
        Waiting.forResult(held.shutdown(REASON));
    }

    @Test
    @DisplayName("S13: a job of a phase that is not started yet is started with that, not by name")
    void startsWithItsPhase() throws Exception {
        GracefulManager held =
                GracefulManager.builder().signals(false).autoStart(false).build();
        held.addRunningJob("one", this::work);

        held.jobControl().start("one");

        assertThat(held.jobs()).extracting(JobSnapshot::state).containsExactly(JobState.WAITING);
        held.start();
        Waiting.until(() -> starts.get() == 1);
        Waiting.forResult(held.shutdown(REASON));
    }

    @Test
    @DisplayName("S13: a job that ignores its stop is interrupted, then given up, and starts again once it has ended")
    void stopEscalates() throws Exception {
        StubbornJob stubborn = new StubbornJob();
        manager.addRunningJob("one", context -> {
            starts.incrementAndGet();
            stubborn.run(context);
        });
        Waiting.forResult(stubborn.started);

        CompletableFuture<@Nullable Void> stopped = control.stop("one");
        awaitState("one", JobState.STOPPING);
        ticker.advanceWhenParked(Duration.ofSeconds(29));
        Waiting.forResult(stubborn.interrupted);
        ticker.advanceWhenParked(Duration.ofSeconds(1));
        Waiting.forResult(stopped);

        assertThat(snapshot("one").outcome()).isEqualTo(JobOutcome.ABANDONED);
        assertThat(snapshot("one").state()).isEqualTo(JobState.STOPPED);
        assertThat(Objects.requireNonNull(control.whereabouts("one", JobKind.RUNNING))
                        .stack())
                .anyMatch(frame -> frame.getClassName().equals(StubbornJob.class.getName()));
        control.start("one");
        assertThat(starts).hasValue(1);
        stubborn.end();
        Waiting.until(() -> starts.get() == 2);
        end();
    }

    @Test
    @DisplayName("S13: a job's own timeout shortens its stop")
    void ownTimeoutCounts() throws Exception {
        StubbornJob stubborn = new StubbornJob();
        manager.addRunningJob("one", stubborn, RunningJobOptions.defaults().withTimeout(Duration.ofSeconds(2)));
        Waiting.forResult(stubborn.started);

        CompletableFuture<@Nullable Void> stopped = control.stop("one");
        ticker.advanceWhenParked(Duration.ofMillis(1_800));
        Waiting.forResult(stubborn.interrupted);
        ticker.advanceWhenParked(Duration.ofMillis(200));

        Waiting.forResult(stopped);
        stubborn.end();
        end();
    }

    @Test
    @DisplayName("S13: a start while the job is still stopping starts it when it has ended")
    void startWhileStopping() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        manager.addRunningJob("one", context -> {
            starts.incrementAndGet();
            context.awaitCancellation();
            mayEnd.await();
        });
        Waiting.until(() -> starts.get() == 1);
        CompletableFuture<@Nullable Void> stopped = control.stop("one");
        awaitState("one", JobState.STOPPING);

        control.start("one");

        assertThat(starts).hasValue(1);
        mayEnd.countDown();
        Waiting.forResult(stopped);
        Waiting.until(() -> starts.get() == 2);
        end();
    }

    @Test
    @DisplayName(
            "C12: S13: a job that failed is among the failed ones until it is started by name, with all its restarts")
    void failedJobStartsAgain() throws Exception {
        FailurePolicy oneRestart = FailurePolicy.restart()
                .withLimit(1, Deadline.UNLIMITED)
                .withDelay(Duration.ofMillis(1), Duration.ofMillis(1));
        manager.addRunningJob("good", JobContext::awaitCancellation);
        manager.addRunningJob(
                "bad",
                context -> {
                    if (starts.incrementAndGet() != 4) {
                        throw new IllegalStateException("broken");
                    }
                    context.awaitCancellation();
                },
                RunningJobOptions.defaults().withFailurePolicy(oneRestart));
        Waiting.until(() -> {
            ticker.advance(Duration.ofMillis(1));
            return !control.failed().isEmpty();
        });

        assertThat(starts).hasValue(2);
        assertThat(control.failed()).extracting(JobSnapshot::job).containsExactly("bad");
        assertThat(snapshot("bad").state()).isEqualTo(JobState.ENDED);
        control.start("bad");

        Waiting.until(() -> {
            ticker.advance(Duration.ofMillis(1));
            return starts.get() == 4;
        });
        assertThat(control.failed()).isEmpty();
        assertThat(snapshot("bad").restarts()).isEqualTo(2);
        end();
    }

    @Test
    @DisplayName("S13: a job that throws after it was told to end has not failed by itself")
    void failureAfterCancellation() throws Exception {
        StubbornJob job = new StubbornJob();
        manager.addRunningJob("one", job);
        Waiting.forResult(job.started);
        manager.shutdown(REASON);
        awaitState("one", JobState.STOPPING);

        job.fail(new IllegalStateException("the socket is closed"));

        assertThat(Waiting.forResult(manager.done()).jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.FAILED);
        assertThat(control.failed()).isEmpty();
    }

    @Test
    @DisplayName("S13: a job that ended by itself stays ended when it is stopped, and starts by name")
    void endedJob() throws Exception {
        manager.addRunningJob("once", context -> starts.incrementAndGet());
        awaitState("once", JobState.ENDED);

        Waiting.forResult(control.stop("once"));

        assertThat(snapshot("once").state()).isEqualTo(JobState.ENDED);
        control.start("once");
        Waiting.until(() -> starts.get() == 2);
        end();
    }

    @Test
    @DisplayName("S13: stopping ends the wait for a restart at once")
    void stopsInBackOff() throws Exception {
        manager.addRunningJob(
                "bad",
                context -> {
                    throw new IllegalStateException("broken");
                },
                RunningJobOptions.defaults().withFailurePolicy(FailurePolicy.restart()));
        awaitState("bad", JobState.BACKING_OFF);

        Waiting.forResult(control.stop("bad"));

        assertThat(snapshot("bad").state()).isEqualTo(JobState.STOPPED);
        assertThat(control.failed()).isEmpty();
        end();
    }

    @Test
    @DisplayName("S13: there is nothing to stop or start under an unknown name, and shutdown jobs can't be")
    void unknownName() throws Exception {
        manager.addShutdownJob("close", context -> {});

        assertThatThrownBy(() -> control.stop("close"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Can't stop job 'close': no running job of that name is registered");
        assertThatThrownBy(() -> control.start("none"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Can't start job 'none': no running job of that name is registered");
        assertThat(control.whereabouts("none", JobKind.RUNNING)).isNull();
        assertThat(control.whereabouts("none", JobKind.SHUTDOWN)).isNull();
        assertThat(control.whereabouts("close", JobKind.SHUTDOWN)).isNull();
        end();
    }

    @Test
    @DisplayName("S13: once shutdown was requested, no job is stopped or started by name")
    void afterTheRequest() throws Exception {
        StubbornJob close = new StubbornJob();
        manager.addRunningJob("one", this::work);
        manager.addShutdownJob("close", close);
        manager.shutdown(REASON);
        Waiting.forResult(close.started);
        ticker.advance(Duration.ofMillis(1_200));

        assertThatThrownBy(() -> control.stop("one"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Can't stop job 'one': shutdown began 1200 ms ago (reason: test)");
        assertThatThrownBy(() -> control.start("one"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Can't start job 'one': shutdown began 1200 ms ago (reason: test)");

        close.end();
        end();
    }

    @Test
    @DisplayName("C13: S13: a job whose registration was cancelled is not started again")
    void cancelledRegistration() throws Exception {
        StubbornJob job = new StubbornJob();
        Registration registration = manager.addRunningJob("one", job);
        Waiting.forResult(job.started);
        registration.forget();

        assertThatThrownBy(() -> control.start("one"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Can't start job 'one': it is being forgotten");

        job.end();
        end();
    }

    @Test
    @DisplayName("C9: S13: where a job is can be asked while it runs, of a shutdown job, too")
    void whereabouts() throws Exception {
        StubbornJob run = new StubbornJob();
        StubbornJob close = new StubbornJob();
        manager.addRunningJob("same", run);
        manager.addShutdownJob("same", close);
        Waiting.forResult(run.started);
        assertThat(Objects.requireNonNull(control.whereabouts("same", JobKind.RUNNING)))
                .satisfies(where -> assertThat(where.name()).isEqualTo("graceful-job-same"))
                .satisfies(where -> assertThat(where.stack())
                        .anyMatch(frame -> frame.getClassName().equals(StubbornJob.class.getName())));

        run.end();
        awaitState("same", JobState.ENDED);
        assertThat(control.whereabouts("same", JobKind.RUNNING)).isNull();
        manager.shutdown(REASON);
        Waiting.forResult(close.started);

        assertThat(Objects.requireNonNull(control.whereabouts("same", JobKind.SHUTDOWN))
                        .stack())
                .isNotEmpty();
        close.end();
        end();
    }

    @Test
    @DisplayName("S13: what was requested is known from the request on, also when it is over")
    void requestedShutdown() throws Exception {
        assertThat(manager.requestedShutdown()).isNull();

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON, Duration.ofSeconds(12)));

        RequestedShutdown requested = Objects.requireNonNull(manager.requestedShutdown());
        assertThat(requested.reason()).isEqualTo(REASON);
        assertThat(requested.began()).isEqualTo(report.began());
        assertThat(requested.deadline()).isEqualTo(report.began().plusSeconds(12));
        assertThat(new RequestedShutdown(REASON, report.began(), Deadline.UNLIMITED).deadline())
                .isNull();
    }

    @RepeatedTest(value = 100, failureThreshold = 1)
    @Tag("rounds")
    @DisplayName("C3: S13: a stop at the moment of the shutdown either stops the job or is refused, and it ends once")
    void stopRacesShutdown() throws Exception {
        manager.addRunningJob("one", this::work);
        CompletionStage<ShutdownReport> done = together(() -> manager.shutdown(REASON), () -> {
            try {
                control.stop("one");
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageStartingWith("Can't stop job 'one': shutdown began");
            }
        });

        assertThat(Waiting.forResult(done).jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.COMPLETED);
        assertThat(starts).hasValue(1);
        assertThat(atOnce).hasValue(0);
    }

    @RepeatedTest(value = 100, failureThreshold = 1)
    @Tag("rounds")
    @DisplayName("C3: S13: a start at the moment of the shutdown leaves nothing running")
    void startRacesShutdown() throws Exception {
        manager.addRunningJob("one", this::work);
        Waiting.until(() -> starts.get() == 1);
        Waiting.forResult(control.stop("one"));

        CompletionStage<ShutdownReport> done = together(() -> manager.shutdown(REASON), () -> {
            try {
                control.start("one");
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageStartingWith("Can't start job 'one': shutdown began");
            }
        });
        Waiting.forResult(done);

        assertThat(atOnce).hasValue(0);
        assertThat(mostAtOnce).hasValue(1);
    }

    @RepeatedTest(value = 100, failureThreshold = 1)
    @Tag("rounds")
    @DisplayName("S13: a stop and a start at the same moment leave the job as the later one says, and never two of it")
    void stopRacesStart() throws Exception {
        manager.addRunningJob("one", this::work);
        together(() -> control.stop("one"), () -> control.start("one"));

        control.start("one");
        Waiting.until(() -> snapshot("one").state() == JobState.ACTIVE && atOnce.get() == 1);
        Waiting.forResult(control.stop("one"));

        assertThat(snapshot("one").state()).isEqualTo(JobState.STOPPED);
        assertThat(atOnce).hasValue(0);
        assertThat(mostAtOnce).hasValue(1);
        end();
    }

    @RepeatedTest(value = 100, failureThreshold = 1)
    @Tag("rounds")
    @DisplayName("S9: S13: a stop that races the end of a pause and a cancellation of the registration ends the job")
    void stopRacesTransitions() throws Exception {
        Registration registration = manager.addRunningJob("one", this::work);
        Waiting.forResult(manager.phaseControl().pause(Integer.MIN_VALUE));
        together(manager::start, () -> control.stop("one"));

        Waiting.until(() -> snapshot("one").state() == JobState.STOPPED);
        assertThat(atOnce).hasValue(0);
        assertThat(registration.forget()).isTrue();
        Waiting.until(() -> manager.jobs().isEmpty());
        end();
        assertThat(mostAtOnce).hasValueLessThanOrEqualTo(1);
    }

    private static <T> T together(Callable<T> one, Runnable other) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        barrier.await(30, TimeUnit.SECONDS);
                        other.run();
                        ended.complete(null);
                    } catch (Throwable e) {
                        ended.completeExceptionally(e);
                    }
                })
                .start();
        barrier.await(30, TimeUnit.SECONDS);
        T result = one.call();
        Waiting.forResult(ended);
        return result;
    }

    private static void together(Runnable one, Runnable other) throws Exception {
        together(
                () -> {
                    one.run();
                    return one;
                },
                other);
    }
}
