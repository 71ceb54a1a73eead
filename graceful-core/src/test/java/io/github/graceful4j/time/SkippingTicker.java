package io.github.graceful4j.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Time that stands still, and is skipped when somebody waits for it: what would take seconds takes moments.
 *
 * <p>Thread-safe, as it is an atomic number.
 */
public final class SkippingTicker implements Ticker {

    private final AtomicLong now = new AtomicLong();
    private final long patience;

    /**
     * Creates a ticker that stands at zero.
     *
     * @param patience how long others really have for what they are about to do in time, before it is skipped; on a
     *     busy machine a thread may have to wait a while for its turn
     */
    public SkippingTicker(Duration patience) {
        this.patience = patience.toNanos();
    }

    @Override
    public long read() {
        return now.get();
    }

    @Override
    public void parkUntil(Object blocker, long tick) {
        long before = System.nanoTime();
        LockSupport.parkNanos(blocker, patience);
        if (System.nanoTime() - before >= patience) {
            now.accumulateAndGet(tick, Math::max);
        }
    }
}
