package io.github.graceful4j.spring.metrics;

import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a shutdown has been under way, and how long it may still take. Both stand still when it is over, so that
 * what is read last says how near to its deadline it ended.
 *
 * <p>Thread-safe, as the two fields are volatile and each is written once.
 */
final class ShutdownTime {

    private static final double NANOS = 1e9;

    /**
     * A shutdown under way.
     *
     * @param gracePeriod how long it may take; {@link Deadline#UNLIMITED} for as long as it needs
     */
    private record Begin(long tick, Duration gracePeriod) {}

    private final Ticker ticker;
    private volatile @Nullable Begin begin;
    private volatile @Nullable Duration total;

    ShutdownTime(Ticker ticker) {
        this.ticker = ticker;
    }

    void began(Duration gracePeriod) {
        begin = new Begin(ticker.read(), gracePeriod);
    }

    void ended(ShutdownReport report) {
        total = report.elapsed();
    }

    /** Returns how many seconds the shutdown has taken; {@code NaN} while there is none. */
    double elapsedSeconds() {
        Begin began = begin;
        return began == null ? Double.NaN : elapsed(began).toNanos() / NANOS;
    }

    /**
     * Returns how many seconds of its grace period are left, which is negative when it takes longer; {@code NaN} while
     * there is no shutdown, or no limit.
     */
    double remainingSeconds() {
        Begin began = begin;
        return began == null || began.gracePeriod().compareTo(Deadline.UNLIMITED) >= 0
                ? Double.NaN
                : began.gracePeriod().minus(elapsed(began)).toNanos() / NANOS;
    }

    private Duration elapsed(Begin began) {
        Duration ended = total;
        return ended == null ? Duration.ofNanos(ticker.read() - began.tick()) : ended;
    }
}
