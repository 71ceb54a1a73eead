package io.github.graceful4j.time;

import java.util.concurrent.locks.LockSupport;

/**
 * Where time comes from: a monotonic clock and the one way to wait for it.
 *
 * <p>Everything in this library that measures or waits does so through a ticker, so that a test moves time by hand
 * instead of sleeping: a test of jobs as well, which gives a ticker of its own to the builder of its manager. Outside
 * tests there is no reason to write one. Implementations are thread-safe.
 */
public interface Ticker {

    /**
     * Returns the current tick in nanoseconds. As with {@link System#nanoTime()}, only the difference of two ticks
     * means anything.
     */
    long read();

    /**
     * Parks the calling thread until {@code tick} is reached, the thread is unparked, or it is interrupted. May return
     * earlier for no reason, so call it in a loop that checks what is waited for.
     *
     * @param blocker the object that a thread dump shows as what is waited for
     * @param tick the tick to wait for; one that has passed returns at once
     */
    void parkUntil(Object blocker, long tick);

    /** Returns the ticker of this JVM, which reads {@link System#nanoTime()}. */
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }

    /** The only ticker outside tests. */
    enum SystemTicker implements Ticker {
        /** Stateless, hence shared. */
        INSTANCE;

        @Override
        public long read() {
            return System.nanoTime();
        }

        @Override
        public void parkUntil(Object blocker, long tick) {
            // No time at all, or less than that, is not waited for.
            LockSupport.parkNanos(blocker, tick - System.nanoTime());
        }
    }
}
