package io.github.graceful4j.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.Waiting;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.ManualTicker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AllowanceTests {

    private static final Duration TOTAL = Duration.ofSeconds(30);

    private final ManualTicker ticker = new ManualTicker();
    private final Allowance allowance = new Allowance(TOTAL, ticker);

    @Test
    @DisplayName("C3: time that is left is made less, never more, and whoever does so learns which it was")
    void isShortenedOnly() {
        ticker.advance(Duration.ofSeconds(10));

        assertThat(allowance.shorten(Duration.ofSeconds(21))).isFalse();
        assertThat(allowance.shorten(Duration.ofSeconds(20))).isFalse();
        assertThat(allowance.total()).isEqualTo(TOTAL);
        assertThat(allowance.shorten(Duration.ofSeconds(5))).isTrue();

        assertThat(allowance.total()).isEqualTo(Duration.ofSeconds(15));
        assertThat(allowance.deadline().remaining()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("C3: what began before time was made less is counted from then on, what begins later is not")
    void countsSinceItWasShortened() {
        long before = ticker.read();
        ticker.advance(Duration.ofSeconds(1));
        long shortened = ticker.read();
        allowance.shorten(Duration.ofSeconds(5));
        ticker.advance(Duration.ofSeconds(1));

        assertThat(allowance.since(before)).isEqualTo(shortened);
        assertThat(allowance.since(ticker.read())).isEqualTo(ticker.read());
        assertThat(allowance.at(before - 1)).isZero();
        assertThat(allowance.at(shortened)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    @DisplayName("C8: an interrupt does not end a wait within it, and is kept for whoever comes next")
    void interruptIsKept() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            boolean isOver = allowance.await(over::get, allowance);
            interrupted.complete(isOver && Thread.currentThread().isInterrupted());
        });
        waiter.start();
        ticker.awaitParked(TOTAL);

        waiter.interrupt();
        Waiting.until(() -> !waiter.isInterrupted());
        assertThat(interrupted).isNotDone();
        over.set(true);
        allowance.wakeUp();

        assertThat(Waiting.forResult(interrupted)).isTrue();
    }

    @Test
    @DisplayName("C8: a wait that nobody interrupted leaves the thread as it was, also when time is up")
    void waitLeavesNoInterrupt() {
        ticker.advance(TOTAL);

        assertThat(allowance.await(() -> false, allowance)).isFalse();
        assertThat(allowance.await(() -> true, () -> Deadline.never(ticker))).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
