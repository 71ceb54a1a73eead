package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.job.CancellationCallback;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.ManualTicker;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobContextTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final GracefulManager manager = GracefulManager.builder()
            .gracePeriod(Duration.ofSeconds(30))
            .ticker(ticker)
            .signals(false)
            .build();
    private final List<String> called = new CopyOnWriteArrayList<>();
    private final CompletableFuture<JobContext> started = new CompletableFuture<>();
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    /** Registers a job that hands out its context and ends when the test lets it. */
    private JobContext startJob() throws InterruptedException {
        manager.addRunningJob("job", context -> {
            started.complete(context);
            Waiting.forLatch(mayEnd);
        });
        return Waiting.forResult(started);
    }

    @Test
    @DisplayName("C10: a context tells its job's name and whether it is cancelled")
    void tellsNameAndCancellation() throws Exception {
        JobContext context = startJob();

        assertThat(context.name()).isEqualTo("job");
        assertThat(context.isCancelled()).isFalse();
        assertThat(context).hasToString("JobContext[job]");

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.until(context::isCancelled);
        assertThat(context).hasToString("JobContext[job, cancelled]");
        mayEnd.countDown();
        Waiting.forResult(done);
        assertThat(context.isCancelled()).isTrue();
    }

    @Test
    @DisplayName("C10: remaining time shrinks as time passes, down to zero")
    void remainingShrinks() throws Exception {
        JobContext context = startJob();
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.until(context::isCancelled);

        ticker.advance(Duration.ofSeconds(12));
        assertThat(context.remaining()).hasSeconds(18);
        ticker.advance(Duration.ofSeconds(60));
        assertThat(context.remaining()).isZero();

        mayEnd.countDown();
        Waiting.forResult(done);
    }

    @Test
    @DisplayName("C10: a job sleeps until its time is up")
    void sleepsUntilTimeIsUp() throws Exception {
        CompletableFuture<Boolean> slept = new CompletableFuture<>();
        manager.addRunningJob("job", context -> slept.complete(context.awaitCancellation(Duration.ofSeconds(5))));

        ticker.awaitParked(Duration.ofSeconds(5));
        ticker.advance(Duration.ofSeconds(4));
        ticker.awaitParked(Duration.ofSeconds(1));
        assertThat(slept).isNotDone();
        ticker.advance(Duration.ofSeconds(1));

        assertThat(Waiting.forResult(slept)).isFalse();
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C10: cancellation ends such a sleep at once")
    void cancellationEndsSleep() throws Exception {
        CompletableFuture<Boolean> slept = new CompletableFuture<>();
        manager.addRunningJob("job", context -> slept.complete(context.awaitCancellation(Duration.ofHours(5))));
        ticker.awaitParked(Duration.ofHours(5));

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(slept).isCompletedWithValue(true);
        assertThat(report.elapsed()).isZero();
    }

    @Test
    @DisplayName("C10: a sleep of zero or less only looks")
    void zeroSleepOnlyLooks() throws Exception {
        JobContext context = startJob();

        assertThat(context.awaitCancellation(Duration.ZERO)).isFalse();
        assertThat(context.awaitCancellation(Duration.ofSeconds(-1))).isFalse();

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.until(context::isCancelled);
        assertThat(context.awaitCancellation(Duration.ZERO)).isTrue();
        mayEnd.countDown();
        Waiting.forResult(done);
    }

    @Test
    @DisplayName("C10: an interrupt ends a sleep with an InterruptedException, before or during it")
    void interruptEndsSleep() throws Exception {
        CompletableFuture<Throwable> during = new CompletableFuture<>();
        JobContext context = manager.shutdownContext();
        Thread sleeper = new Thread(() -> {
            try {
                context.awaitCancellation(Duration.ofHours(1));
            } catch (InterruptedException e) {
                during.complete(e);
            }
        });
        sleeper.start();
        ticker.awaitParked(Duration.ofHours(1));
        sleeper.interrupt();
        assertThat(Waiting.forResult(during)).isInstanceOf(InterruptedException.class);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> context.awaitCancellation(Duration.ofHours(1)))
                .isInstanceOf(InterruptedException.class);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C10: several threads may wait for the same cancellation")
    void severalThreadsWait() throws Exception {
        JobContext context = manager.shutdownContext();
        List<CompletableFuture<Boolean>> waiters = new CopyOnWriteArrayList<>();
        for (int i = 1; i <= 3; i++) {
            Duration duration = Duration.ofHours(i);
            waiters.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return context.awaitCancellation(duration);
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    },
                    work -> new Thread(work).start()));
            ticker.awaitParked(duration);
        }

        Waiting.forResult(manager.shutdown(REASON));

        for (CompletableFuture<Boolean> waiter : waiters) {
            assertThat(Waiting.forResult(waiter)).isTrue();
        }
    }

    @Test
    @DisplayName("C10: callbacks run once on cancellation, in order, and one that throws stops no other")
    void callbacksRunOnce() throws Exception {
        AssertionError thrown = new AssertionError("callback");
        JobContext context = startJob();
        context.onCancel(() -> called.add("first"));
        context.onCancel(() -> {
            throw thrown;
        });
        context.onCancel(() -> called.add("last"));

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.until(() -> called.contains("last"));
        mayEnd.countDown();

        ShutdownReport report = Waiting.forResult(done);
        assertThat(called).containsExactly("first", "last");
        assertThat(report.errors())
                .containsExactly(new RecordedError("job", RecordedError.Source.CANCELLATION_CALLBACK, thrown));
        assertThat(report.jobs()).extracting(JobResult::outcome).containsExactly(JobOutcome.COMPLETED);
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
    }

    @Test
    @DisplayName("C10: a callback registered too late runs at once on the calling thread")
    void lateCallbackRunsAtOnce() throws Exception {
        JobContext context = startJob();
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.until(context::isCancelled);

        context.onCancel(() -> called.add(Thread.currentThread().getName()));
        context.onCancel(() -> {
            throw new AssertionError("late");
        });

        assertThat(called).containsExactly(Thread.currentThread().getName());
        assertThat(manager.errors()).hasSize(1);
        mayEnd.countDown();
        Waiting.forResult(done);
    }

    @Test
    @DisplayName("C10: a job has not ended until its callbacks have returned")
    void jobWaitsForItsCallbacks() throws Exception {
        CountDownLatch mayReturn = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        manager.addRunningJob("job", context -> {
            context.onCancel(() -> {
                running.countDown();
                try {
                    Waiting.forLatch(mayReturn);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            started.complete(context);
            context.awaitCancellation();
        });
        Waiting.forResult(started);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.forLatch(running);
        assertThat(manager.jobs().get(0).state()).isEqualTo(JobState.STOPPING);
        mayReturn.countDown();

        assertThat(Waiting.forResult(done).outcome()).isEqualTo(ShutdownOutcome.CLEAN);
    }

    @Test
    @DisplayName("C10: a job that ended by itself drops its callbacks")
    void endedJobDropsCallbacks() throws Exception {
        JobContext context = startJob();
        context.onCancel(() -> called.add("too late"));
        mayEnd.countDown();
        Waiting.until(() -> manager.jobs().get(0).state() == JobState.ENDED);

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(called).isEmpty();
    }

    @Test
    @DisplayName("C10: the context of the shutdown is cancelled as soon as it is requested, and runs callbacks")
    void shutdownContext() throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        JobContext context = manager.shutdownContext();
        context.onCancel(() -> {
            throw new AssertionError("callback");
        });
        context.onCancel(() -> told.complete("told"));

        manager.shutdown(REASON);

        assertThat(context.isCancelled()).isTrue();
        assertThat(context.name()).isEqualTo("shutdown");
        assertThat(Waiting.forResult(told)).isEqualTo("told");
        // Nothing waits for the callbacks, not even the end of the shutdown.
        Waiting.until(() -> !manager.errors().isEmpty());
        assertThat(manager.errors())
                .extracting(RecordedError::name, RecordedError::source)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("shutdown", RecordedError.Source.CANCELLATION_CALLBACK));
    }

    @Test
    @DisplayName("a manager shuts down with its parent, within the time left there")
    void shutsDownWithItsParent() throws Exception {
        StubbornJob close = new StubbornJob();
        GracefulManager child = GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .parent(manager.shutdownContext())
                .build();
        child.addShutdownJob("close", close);

        manager.shutdown(REASON, Duration.ofSeconds(7));

        assertThat(Waiting.forResult(close.started).remaining()).hasSeconds(7);
        close.end();
        assertThat(Waiting.forResult(child.done()).reason()).isEqualTo(ShutdownReason.parentCancelled("shutdown"));
        assertThat(Waiting.forResult(child.done()).reason()).hasToString("'shutdown' was cancelled");
    }

    @Test
    @DisplayName("a manager built under a parent that was cancelled already shuts down at once")
    void parentWasCancelledAlready() throws Exception {
        Waiting.forResult(manager.shutdown(REASON));

        GracefulManager child = GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .parent(manager.shutdownContext())
                .build();

        assertThat(Waiting.forResult(child.done()).reason().kind()).isEqualTo(ShutdownReason.Kind.PARENT_CANCELLED);
    }

    @Test
    @DisplayName("a manager that is over is not kept in memory by its parent")
    void overBeforeItsParent() throws Exception {
        WeakReference<GracefulManager> child = new WeakReference<>(endedChild());

        Waiting.until(() -> {
            System.gc();
            return child.get() == null;
        });

        assertThat(manager.state()).isEqualTo(ManagerState.STARTED);
        Waiting.forResult(manager.shutdown(REASON));
    }

    private GracefulManager endedChild() throws InterruptedException {
        GracefulManager child = GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .parent(manager.shutdownContext())
                .build();
        Waiting.forResult(child.shutdown(REASON));
        return child;
    }

    @Test
    @DisplayName("C8: a callback that a job adds after it was cancelled is called at once, and can't be removed")
    void lateCallbackIsCalledAtOnce() throws Exception {
        JobContext context = startJob();
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.until(context::isCancelled);

        CancellationCallback late = context.onCancel(() -> called.add("late"));

        assertThat(called).containsExactly("late");
        assertThat(late.remove()).isFalse();
        mayEnd.countDown();
        Waiting.forResult(done);
    }
}
