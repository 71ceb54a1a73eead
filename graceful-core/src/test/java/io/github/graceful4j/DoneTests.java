package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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

    @Test
    @DisplayName("C14: done() is pending until every phase has stopped")
    void doneCompletesAtTheEnd() throws Exception {
        StubbornJob close = new StubbornJob();
        manager.addShutdownJob("close", close);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.forResult(close.started);

        assertThat(done).isSameAs(manager.done()).isNotDone();
        assertThat(manager.state()).isEqualTo(ManagerState.SHUTTING_DOWN);
        close.end();
        assertThat(Waiting.forResult(done).jobs()).hasSize(1);
    }

    @Test
    @DisplayName("C14: who comes late is told at once")
    void lateSubscriberIsTold() throws Exception {
        Waiting.forResult(manager.shutdown(REASON));

        CompletableFuture<String> told =
                manager.done().thenApply(report -> report.reason().description());

        assertThat(told).isCompletedWithValue("test");
        assertThat(manager.awaitDone().reason()).isEqualTo(REASON);
    }

    @Test
    @DisplayName("C14: a wait that expires throws, and waiting can go on")
    void expiredWaitCanGoOn() throws Exception {
        manager.addRunningJob("job", JobContext::awaitCancellation);

        assertThatThrownBy(() -> manager.awaitDone(Duration.ofMillis(1)))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("The shutdown is not over after waiting for PT0.001S: the manager is RUNNING");
        manager.shutdown(REASON);

        assertThat(manager.awaitDone(Deadline.UNLIMITED.plusDays(1)).reason()).isEqualTo(REASON);
    }

    @Test
    @DisplayName("C14: nobody but the manager completes the future")
    void nobodyElseCompletes() throws Exception {
        CompletableFuture<ShutdownReport> done = manager.done().toCompletableFuture();
        ShutdownReport forged = Waiting.forResult(
                GracefulManager.builder().signals(false).build().shutdown(ShutdownReason.requested("forged")));

        assertThat(done.complete(forged)).isFalse();
        assertThat(done.completeExceptionally(new IllegalStateException())).isFalse();
        assertThat(done.cancel(true)).isFalse();
        assertThatThrownBy(() -> done.obtrudeValue(forged))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith("Can't complete this future: only the manager does");
        assertThatThrownBy(() -> done.obtrudeException(new IllegalStateException()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> done.completeAsync(() -> forged)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> done.completeAsync(() -> forged, Runnable::run))
                .isInstanceOf(UnsupportedOperationException.class);

        assertThat(done).isNotDone();
        manager.shutdown(REASON);
        assertThat(Waiting.forResult(done).reason()).isEqualTo(REASON);
    }

    @Test
    @DisplayName("C14: a time limit on the future is the waiter's own")
    void timeLimitIsTheWaitersOwn() throws Exception {
        CompletableFuture<ShutdownReport> limited = manager.done().orTimeout(1, TimeUnit.NANOSECONDS).toCompletableFuture();
        ShutdownReport other = Waiting.forResult(
                GracefulManager.builder().signals(false).build().shutdown(ShutdownReason.requested("other")));
        CompletableFuture<ShutdownReport> replaced = manager.done().completeOnTimeout(other, 1, TimeUnit.NANOSECONDS).toCompletableFuture();

        Waiting.until(limited::isCompletedExceptionally);
        assertThat(Waiting.forResult(replaced)).isSameAs(other);

        assertThat(manager.done()).isNotDone();
        Waiting.forResult(manager.shutdown(REASON));
        assertThat(manager.done().isCompletedExceptionally()).isFalse();
    }
}
