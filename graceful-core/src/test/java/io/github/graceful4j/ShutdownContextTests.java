package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.CancellationCallback;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.time.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The context of a whole shutdown, which belongs to no job. */
@Timeout(60)
class ShutdownContextTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final GracefulManager manager =
            GracefulManager.builder().ticker(ticker).signals(false).build();
    private final JobContext context = manager.shutdownContext();
    private final List<String> called = new CopyOnWriteArrayList<>();

    @Test
    @DisplayName("C10: the context of a shutdown says whether that was requested, and how long it may take")
    void saysWhereItStands() throws Exception {
        assertThat(context).hasToString("JobContext[shutdown]");
        assertThat(context.name()).isEqualTo("shutdown");
        assertThat(context.awaitCancellation(Duration.ZERO)).isFalse();

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(context).hasToString("JobContext[shutdown, cancelled]");
        assertThat(context.awaitCancellation(Duration.ofDays(1))).isTrue();
        assertThat(context.remaining()).hasSeconds(25);
    }

    @Test
    @DisplayName("C8: a callback of a shutdown is called once it is requested, unless it was removed before")
    void callbacksAreCalled() throws Exception {
        CompletableFuture<String> kept = new CompletableFuture<>();
        CancellationCallback removed = context.onCancel(() -> called.add("removed"));
        CancellationCallback stays = context.onCancel(() -> kept.complete("called"));

        assertThat(removed.remove()).isTrue();
        assertThat(removed.remove()).isFalse();
        Waiting.forResult(manager.shutdown(REASON));

        assertThat(Waiting.forResult(kept)).isEqualTo("called");
        assertThat(stays.remove()).isFalse();
        assertThat(called).isEmpty();
    }

    @Test
    @DisplayName("C8: a callback that comes after the request is called at once, and what it throws is recorded")
    void lateCallbackIsCalledAtOnce() throws Exception {
        Waiting.forResult(manager.shutdown(REASON));
        IllegalStateException thrown = new IllegalStateException("test");

        CancellationCallback late = context.onCancel(() -> {
            called.add("late");
            throw thrown;
        });

        assertThat(called).containsExactly("late");
        assertThat(late.remove()).isFalse();
        assertThat(manager.errors()).extracting(RecordedError::thrown).containsExactly(thrown);
    }
}
