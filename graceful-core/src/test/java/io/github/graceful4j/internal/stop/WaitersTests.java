package io.github.graceful4j.internal.stop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.Waiting;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads that wait for the end of a shutdown, and those that wait for these. */
@Timeout(60)
class WaitersTests {

    private static final ShutdownReport REPORT = new ShutdownReport(
            ShutdownReason.requested("test"),
            Instant.EPOCH,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            ShutdownOutcome.CLEAN,
            List.of(),
            List.of());

    private final Done done = new Done(new JobRegistry(new AtomicReference<>(), Ticker.system()));
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    private Thread waiterThatGoesOn(CompletableFuture<Boolean> ended) throws InterruptedException {
        Thread waiter = new Thread(() -> {
            done.awaitAsWaiter();
            await(mayEnd);
            ended.complete(true);
        });
        waiter.start();
        Waiting.until(() -> waiter.getState() == Thread.State.WAITING);
        return waiter;
    }

    private static void await(CountDownLatch latch) {
        try {
            Waiting.forLatch(latch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("C14: who waits for those that waited goes on when these have ended, and not before")
    void waitersAreJoined() throws Exception {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Thread waiter = waiterThatGoesOn(ended);
        done.finish(REPORT);
        CompletableFuture<Boolean> hadEnded = new CompletableFuture<>();
        Thread joining = new Thread(() -> {
            done.joinWaiters(Duration.ofMinutes(1));
            hadEnded.complete(!waiter.isAlive());
        });
        joining.start();
        Waiting.until(() -> joining.getState() == Thread.State.TIMED_WAITING);

        mayEnd.countDown();

        assertThat(Waiting.forResult(hadEnded)).isTrue();
        assertThat(ended).isCompletedWithValue(true);
    }

    @Test
    @DisplayName("C14: an interrupt ends the wait for those that waited, and is kept for whoever comes next")
    void interruptEndsTheJoin() throws Exception {
        Thread waiter = waiterThatGoesOn(new CompletableFuture<>());
        done.finish(REPORT);

        Thread.currentThread().interrupt();
        done.joinWaiters(Duration.ofMinutes(1));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(waiter.isAlive()).isTrue();
        mayEnd.countDown();
        waiter.join();
    }

    @Test
    @DisplayName("C14: an interrupt does not end the wait for the end, and is kept for whoever comes next")
    void interruptIsKept() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            done.awaitUninterruptibly();
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        waiter.start();
        Waiting.until(() -> waiter.getState() == Thread.State.WAITING);

        waiter.interrupt();
        Waiting.until(() -> !waiter.isInterrupted());
        assertThat(interrupted).isNotDone();
        done.finish(REPORT);

        assertThat(Waiting.forResult(interrupted)).isTrue();
        assertThat(done.report()).isSameAs(REPORT);
    }
}
