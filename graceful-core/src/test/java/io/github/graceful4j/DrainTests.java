package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spi.PhaseControl;
import io.github.graceful4j.time.ManualTicker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DrainTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final GracefulManager manager = GracefulManager.builder()
            .ticker(ticker)
            .signals(false)
            .gracePeriod(Duration.ofSeconds(30))
            .build();
    private final PhaseControl control = manager.phaseControl();

    private CompletableFuture<Boolean> drain(Duration delay) {
        CompletableFuture<Boolean> drained = new CompletableFuture<>();
        new Thread(() -> {
                    control.drain(delay);
                    drained.complete(Thread.currentThread().isInterrupted());
                })
                .start();
        return drained;
    }

    @Test
    @DisplayName("S8: a drain takes its delay out of the grace period, and is in the report")
    void takesItsDelay() throws Exception {
        control.begin(REASON);
        CompletableFuture<Boolean> drained = drain(Duration.ofSeconds(5));

        ticker.awaitParked(Duration.ofSeconds(5));
        ticker.advance(Duration.ofSeconds(4));
        assertThat(drained).isNotDone();
        ticker.advance(Duration.ofSeconds(1));
        Waiting.forResult(drained);

        Waiting.forResult(control.finish());
        ShutdownReport report = manager.awaitDone();
        assertThat(report.drain()).hasSeconds(5);
        assertThat(report.elapsed()).hasSeconds(5);
    }

    @Test
    @DisplayName("S8: a drain ends at the deadline")
    void endsAtTheDeadline() throws Exception {
        control.begin(REASON);
        CompletableFuture<Boolean> drained = drain(Duration.ofSeconds(60));

        ticker.awaitParked(Duration.ofSeconds(30));
        ticker.advance(Duration.ofSeconds(30));

        assertThat(Waiting.forResult(drained)).isFalse();
    }

    @Test
    @DisplayName("S8: a drain ends when the shutdown is over")
    void endsWithTheShutdown() throws Exception {
        control.begin(REASON);
        CompletableFuture<Boolean> drained = drain(Duration.ofSeconds(60));
        ticker.awaitParked(Duration.ofSeconds(30));

        Waiting.forResult(control.finish());

        assertThat(Waiting.forResult(drained)).isFalse();
    }

    @Test
    @DisplayName("S8: nothing can be drained before a shutdown was requested")
    void needsAShutdown() {
        assertThatThrownBy(() -> control.drain(Duration.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no shutdown was requested");
    }

    @Test
    @DisplayName("C24: S8: a drain ends at a deadline that was brought forward")
    void endsAtTheNewDeadline() throws Exception {
        control.begin(REASON);
        CompletableFuture<Boolean> drained = drain(Duration.ofSeconds(20));
        ticker.awaitParked(Duration.ofSeconds(20));

        manager.shutdown(REASON, Duration.ofSeconds(3));
        ticker.awaitParked(Duration.ofSeconds(3));
        assertThat(drained).isNotDone();
        ticker.advance(Duration.ofSeconds(3));

        assertThat(Waiting.forResult(drained)).isFalse();
    }
}
