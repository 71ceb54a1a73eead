package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DoneTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final GracefulManager manager =
            GracefulManager.builder().signals(false).build();

    private CompletableFuture<ShutdownReport> done() {
        return manager.done().toCompletableFuture();
    }

    @Test
    @DisplayName("C14: done() is pending until every phase has stopped")
    void doneCompletesAtTheEnd() throws Exception {
        StubbornJob close = new StubbornJob();
        manager.addShutdownJob("close", close);
        CompletableFuture<ShutdownReport> before = done();

        CompletableFuture<ShutdownReport> requested = manager.shutdown(REASON).toCompletableFuture();
        Waiting.forResult(close.started);

        assertThat(before).isNotDone();
        assertThat(requested).isNotDone();
        assertThat(manager.state()).isEqualTo(ManagerState.SHUTTING_DOWN);
        close.end();
        assertThat(Waiting.forResult(requested).jobs()).hasSize(1);
        assertThat(Waiting.forResult(before)).isSameAs(Waiting.forResult(requested));
    }

    @Test
    @DisplayName("C14: who comes late is told at once")
    void lateSubscriberIsTold() throws Exception {
        Waiting.forResult(manager.shutdown(REASON));

        CompletableFuture<String> told =
                done().thenApply(report -> report.reason().description());

        assertThat(told).isCompletedWithValue("test");
        assertThat(manager.awaitDone().reason()).isEqualTo(REASON);
    }

    @Test
    @DisplayName("C14: a wait that expires throws, and waiting can go on")
    void expiredWaitCanGoOn() throws Exception {
        manager.addRunningJob("job", JobContext::awaitCancellation);

        assertThatThrownBy(() -> manager.awaitDone(Duration.ofMillis(1)))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("The shutdown is not over after waiting for PT0.001S: the manager is STARTED");
        manager.shutdown(REASON);

        assertThat(manager.awaitDone(Deadline.UNLIMITED.plusDays(1)).reason()).isEqualTo(REASON);
    }

    @Test
    @DisplayName("C14: waiting for no time at all only looks, however little that is")
    void waitingForLessThanNothingLooks() throws Exception {
        Duration least = Duration.ofSeconds(Long.MIN_VALUE);
        for (Duration timeout : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), least}) {
            assertThatThrownBy(() -> manager.awaitDone(timeout)).isInstanceOf(TimeoutException.class);
        }

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(manager.awaitDone(least).reason()).isEqualTo(REASON);
    }

    @Test
    @DisplayName("C14: each call has a stage of its own, and whoever completes it changes nothing for others")
    void nobodyElseCompletes() throws Exception {
        CompletableFuture<ShutdownReport> completed = done();
        CompletableFuture<ShutdownReport> failed = done();
        CompletableFuture<ShutdownReport> cancelled = done();
        CompletableFuture<ShutdownReport> obtruded = done();
        CompletableFuture<ShutdownReport> untouched = done();
        ShutdownReport forged = Waiting.forResult(
                GracefulManager.builder().signals(false).build().shutdown(ShutdownReason.requested("forged")));

        assertThat(completed.complete(forged)).isTrue();
        assertThat(failed.completeExceptionally(new IllegalStateException())).isTrue();
        assertThat(cancelled.cancel(true)).isTrue();
        obtruded.obtrudeValue(forged);

        assertThat(untouched).isNotDone();
        assertThat(done()).isNotDone();
        assertThatThrownBy(() -> manager.awaitDone(Duration.ZERO)).isInstanceOf(TimeoutException.class);
        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));
        assertThat(report.reason()).isEqualTo(REASON);
        assertThat(Waiting.forResult(untouched)).isSameAs(report);
        assertThat(manager.awaitDone()).isSameAs(report);

        done().obtrudeException(new IllegalStateException());
        assertThat(Waiting.forResult(done())).isSameAs(report);
    }

    @Test
    @DisplayName("C14: what hangs on done() and blocks holds up nobody else")
    void blockingDependentHoldsUpNobody() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<String> blocking = new CompletableFuture<>();
        manager.done().thenRun(() -> {
            blocking.complete("blocking");
            await(mayEnd);
        });
        CompletableFuture<ShutdownReport> other = done();

        manager.close();

        assertThat(Waiting.forResult(other)).isSameAs(manager.awaitDone());
        Waiting.forResult(blocking);
        mayEnd.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            Waiting.forLatch(latch);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("C14: a time limit on the stage is the waiter's own")
    void timeLimitIsTheWaitersOwn() throws Exception {
        CompletableFuture<ShutdownReport> limited = done().orTimeout(1, TimeUnit.NANOSECONDS);
        ShutdownReport other = Waiting.forResult(
                GracefulManager.builder().signals(false).build().shutdown(ShutdownReason.requested("other")));
        CompletableFuture<ShutdownReport> replaced = done().completeOnTimeout(other, 1, TimeUnit.NANOSECONDS);

        Waiting.until(limited::isCompletedExceptionally);
        assertThat(Waiting.forResult(replaced)).isSameAs(other);

        assertThat(done()).isNotDone();
        Waiting.forResult(manager.shutdown(REASON));
        assertThat(done().isCompletedExceptionally()).isFalse();
    }
}
