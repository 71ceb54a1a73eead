package io.github.graceful4j.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ShutdownTimeTests {

    private long now = 17;

    private final ShutdownTime time = new ShutdownTime(new Ticker() {
        @Override
        public long read() {
            return now;
        }

        @Override
        public void parkUntil(Object blocker, long tick) {
            throw new AssertionError("Nobody has to wait here");
        }
    });

    private void pass(Duration duration) {
        now += duration.toNanos();
    }

    @Test
    @DisplayName("S12: there is no time while there is no shutdown")
    void noShutdown() {
        assertThat(time.elapsedSeconds()).isNaN();
        assertThat(time.remainingSeconds()).isNaN();
    }

    @Test
    @DisplayName("S12: while shutting down, elapsed time grows and the remaining shrinks, below zero as well")
    void timePasses() {
        time.began(Duration.ofSeconds(30));

        pass(Duration.ofSeconds(12));
        assertThat(time.elapsedSeconds()).isEqualTo(12);
        assertThat(time.remainingSeconds()).isEqualTo(18);

        pass(Duration.ofSeconds(20));
        assertThat(time.elapsedSeconds()).isEqualTo(32);
        assertThat(time.remainingSeconds()).isEqualTo(-2);
    }

    @Test
    @DisplayName("S12: without a limit, no time remains to be told")
    void noLimit() {
        time.began(Deadline.UNLIMITED);
        pass(Duration.ofSeconds(12));

        assertThat(time.elapsedSeconds()).isEqualTo(12);
        assertThat(time.remainingSeconds()).isNaN();
    }

    @Test
    @DisplayName("S12: when the shutdown is over, both stand still at what its report says")
    void standsStillAtTheEnd() {
        time.began(Duration.ofSeconds(30));
        pass(Duration.ofSeconds(12));

        time.ended(new ShutdownReport(
                ShutdownReason.requested("test"),
                Instant.EPOCH,
                Duration.ofMillis(11_500),
                Duration.ofSeconds(30),
                Duration.ZERO,
                ShutdownOutcome.CLEAN,
                List.of(),
                List.of()));
        pass(Duration.ofSeconds(100));

        assertThat(time.elapsedSeconds()).isEqualTo(11.5);
        assertThat(time.remainingSeconds()).isEqualTo(18.5);
    }
}
