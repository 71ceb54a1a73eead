package io.github.graceful4j.internal.stop;

import io.github.graceful4j.time.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Time that stands still, and is skipped when somebody waits for it: what would take seconds takes moments.
 *
 * <p>Thread-safe, as it is an atomic number.
 */
public final class SkippingTicker implements Ticker {

    // What others are about to do in time they shall have done before time is skipped.
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(25);

    private final AtomicLong now = new AtomicLong();

    /** Creates a ticker that stands at zero. */
    public SkippingTicker() {}

    @Override
    public long read() {
        return now.get();
    }

    @Override
    public void parkUntil(Object blocker, long tick) {
        long before = System.nanoTime();
        LockSupport.parkNanos(blocker, PATIENCE);
        if (System.nanoTime() - before >= PATIENCE) {
            now.accumulateAndGet(tick, Math::max);
        }
    }
}
