package io.github.graceful4j.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DeadlineTests {

    private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000_000_000;

    private final ManualTicker ticker = new ManualTicker();

    @Test
    @DisplayName("C7: remaining time shrinks as time passes, across the end of a long")
    void remainingShrinksAsTimePasses() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(30), ticker);

        ticker.advance(Duration.ofSeconds(12));

        assertThat(deadline.remaining()).hasSeconds(18);
        assertThat(deadline.hasPassed()).isFalse();
        assertThat(deadline).hasToString("in PT18S");
    }

    @Test
    @DisplayName("C7: a deadline has passed from its moment on, and nothing remains")
    void passes() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(30), ticker);

        ticker.advance(Duration.ofSeconds(30));
        assertThat(deadline.hasPassed()).isTrue();
        ticker.advance(Duration.ofSeconds(1));

        assertThat(deadline.hasPassed()).isTrue();
        assertThat(deadline.remaining()).isZero();
    }

    @Test
    @DisplayName("C7: a deadline after no time at all has passed already")
    void zeroHasPassed() {
        assertThat(Deadline.after(Duration.ZERO, ticker).hasPassed()).isTrue();
    }

    @Test
    @DisplayName("C7: a deadline that never comes leaves for ever, whatever is taken from it")
    void never() {
        Deadline never = Deadline.never(ticker);

        ticker.advance(Duration.ofDays(10_000));

        assertThat(never.isNever()).isTrue();
        assertThat(never.hasPassed()).isFalse();
        assertThat(never.remaining()).isEqualTo(Deadline.UNLIMITED);
        assertThat(never.minus(Duration.ofDays(1))).isSameAs(never);
        assertThat(never).hasToString("never");
    }

    @Test
    @DisplayName("C7: a deadline too far ahead to be measured never comes")
    void tooFarAhead() {
        assertThat(Deadline.after(Deadline.UNLIMITED, ticker).isNever()).isTrue();
        assertThat(Deadline.after(Duration.ofDays(365L * 1000), ticker).isNever())
                .isTrue();
        assertThat(Deadline.after(Duration.ofDays(365L * 100), ticker).isNever())
                .isFalse();
    }

    @Test
    @DisplayName("C7: deadlines are ordered by when they come")
    void ordered() {
        Deadline soon = Deadline.after(Duration.ofSeconds(1), ticker);
        Deadline later = Deadline.after(Duration.ofSeconds(10), ticker);
        Deadline never = Deadline.never(ticker);

        assertThat(List.of(never, later, soon).stream().sorted()).containsExactly(soon, later, never);
        assertThat(soon.isBefore(later)).isTrue();
        assertThat(later.isBefore(soon)).isFalse();
        assertThat(never.isBefore(soon)).isFalse();
        assertThat(soon.compareTo(Deadline.after(Duration.ofSeconds(1), ticker)))
                .isZero();
        assertThat(soon.earlier(never)).isSameAs(soon);
        assertThat(never.earlier(soon)).isSameAs(soon);
        assertThat(soon.later(never)).isSameAs(never);
        assertThat(later.later(soon)).isSameAs(later);
        assertThat(later.minus(Duration.ofSeconds(9)).compareTo(soon)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -1_000, -MOST_SECONDS, Long.MIN_VALUE})
    @DisplayName("C14: a deadline after less than no time has passed already, however much less it is")
    void negative(long seconds) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(seconds), ticker);

        assertThat(deadline.hasPassed()).isTrue();
        assertThat(deadline.remaining()).isZero();
        assertThat(deadline.awaitUninterruptibly(new CompletableFuture<>())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {MOST_SECONDS, Long.MAX_VALUE})
    @DisplayName("C7: a deadline moved by far too much is early, and stays so")
    void movedFarTooEarly(long seconds) {
        Deadline far = Deadline.after(Duration.ofDays(365L * 140), ticker);

        Deadline early = far.minus(Duration.ofSeconds(seconds)).minus(Duration.ofSeconds(seconds));

        assertThat(early.hasPassed()).isTrue();
        assertThat(early.isBefore(far)).isTrue();
        assertThat(far.isBefore(early)).isFalse();
        ticker.advance(Duration.ofDays(365L * 50));
        assertThat(early.hasPassed()).isTrue();
        assertThat(early.isBefore(Deadline.after(Duration.ofDays(365L * 140), ticker)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-MOST_SECONDS, Long.MIN_VALUE})
    @DisplayName("C7: a deadline moved later by far too much never comes")
    void movedFarTooLate(long seconds) {
        Deadline soon = Deadline.after(Duration.ofSeconds(1), ticker);

        assertThat(soon.minus(Duration.ofSeconds(seconds)).isNever()).isTrue();
        assertThat(soon.minus(Duration.ofSeconds(-1)).remaining()).hasSeconds(2);
    }

    @Test
    @DisplayName("C14: whoever waits in vain leaves nothing of his thread behind")
    void waitingInVainLeavesNoThread() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        WeakReference<Thread> waiter = waitInVain(future);

        for (int i = 0; i < 50 && waiter.get() != null; i++) {
            System.gc();
        }

        assertThat(waiter.get()).isNull();
        assertThat(future).isNotDone();
    }

    private WeakReference<Thread> waitInVain(CompletableFuture<String> future) throws InterruptedException {
        Thread waiter = new Thread(() -> Deadline.after(Duration.ZERO, ticker).awaitUninterruptibly(future));
        waiter.start();
        waiter.join();
        return new WeakReference<>(waiter);
    }

    @Test
    @DisplayName("C7: waiting ends when the future is done, however it completes")
    void waitingEndsWithTheFuture() {
        Deadline deadline = Deadline.after(Duration.ofHours(1), ticker);

        assertThat(deadline.awaitUninterruptibly(CompletableFuture.completedFuture("done")))
                .isTrue();
        assertThat(deadline.awaitUninterruptibly(CompletableFuture.failedFuture(new IllegalStateException())))
                .isTrue();
    }

    @Test
    @DisplayName("C7: waiting ends when the deadline comes, and keeps an interrupt for later")
    void waitingEndsAtTheDeadline() throws Exception {
        Deadline deadline = Deadline.after(Duration.ofSeconds(10), ticker);
        CompletableFuture<String> found = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            boolean done = deadline.awaitUninterruptibly(new CompletableFuture<>());
            found.complete(done + " " + Thread.currentThread().isInterrupted());
        });
        waiter.start();

        ticker.awaitParked(Duration.ofSeconds(10));
        waiter.interrupt();
        ticker.advance(Duration.ofSeconds(4));
        ticker.awaitParked(Duration.ofSeconds(6));
        ticker.advance(Duration.ofSeconds(6));
        waiter.join();

        assertThat(found).isCompletedWithValue("false true");
    }

    @Test
    @DisplayName("the JVM's own ticker moves by itself and waits for what has not come yet only")
    void systemTicker() {
        Ticker system = Ticker.system();
        long before = system.read();

        system.parkUntil(this, before);
        system.parkUntil(this, system.read() + 1_000);
        Deadline soon = Deadline.after(Duration.ofNanos(1_000), system);
        boolean done = soon.awaitUninterruptibly(new CompletableFuture<>());

        assertThat(done).isFalse();
        assertThat(system.read() - before).isPositive();
    }
}
