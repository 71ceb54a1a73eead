package io.github.graceful4j.internal.job;

import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How long a shutdown, or a pause, may take from when it began. That can be made less while it goes on, and never more;
 * whoever waits within it learns of that at once.
 *
 * <p>Thread-safe: {@code current} is volatile and written under the lock of {@code this}; the set is concurrent.
 */
public final class Allowance implements TimeLimit {

    /** Two threads that heard of one moment tell of it a little apart. */
    private static final Duration SAME = Duration.ofMillis(1);

    private final Ticker ticker;
    private final long began;
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
    private volatile Current current;

    /** What holds since a moment: at first since it began, then since it was shortened. */
    private record Current(long since, Duration total, Deadline deadline) {}

    /**
     * Creates one that begins now.
     *
     * @param total how long it may take; {@link Deadline#UNLIMITED} for as long as it needs
     */
    public Allowance(Duration total, Ticker ticker) {
        this(total, Duration.ZERO, ticker);
    }

    /**
     * Creates one that began a while ago.
     *
     * @param total how long it may take; {@link Deadline#UNLIMITED} for as long as it needs
     * @param ago how long ago; not negative
     */
    public Allowance(Duration total, Duration ago, Ticker ticker) {
        this.ticker = ticker;
        this.began = ticker.read() - ago.toNanos();
        this.current = new Current(began, total, Deadline.after(began, total, ticker));
    }

    /** Returns since when, from a tick on, it has been so: from that tick, or from when it was shortened later. */
    public long since(long tick) {
        long since = current.since();
        return since - tick > 0 ? since : tick;
    }

    /** Returns how long it may take in all; {@link Deadline#UNLIMITED} for as long as it needs. */
    public Duration total() {
        return current.total();
    }

    @Override
    public Deadline deadline() {
        return current.deadline();
    }

    /** Returns how long after the beginning a tick was; zero if it was before. */
    public Duration at(long tick) {
        return Duration.ofNanos(nanosAt(tick));
    }

    /** Returns the same as {@link #at}, in nanoseconds. */
    long nanosAt(long tick) {
        return Math.max(0, tick - began);
    }

    /**
     * Brings the deadline forward.
     *
     * @param left how much time is left from now on; no change if that is not at least a millisecond less than there is
     * @return whether the deadline comes sooner than before
     */
    public boolean shorten(Duration left) {
        synchronized (this) {
            long now = ticker.read();
            Deadline sooner = Deadline.after(now, left, ticker);
            if (!sooner.isBefore(current.deadline().minus(SAME))) {
                return false;
            }
            current = new Current(now, at(now).plus(left), sooner);
        }
        wakeUp();
        return true;
    }

    /** Has everyone who waits look again whether it is over. */
    public void wakeUp() {
        for (Thread waiter : waiting) {
            LockSupport.unpark(waiter);
        }
    }

    /**
     * Waits until something is over or a limit has passed, which is asked for anew whenever the allowance is shortened.
     * Whoever makes it over unparks the calling thread. An interrupt does not end the wait; the thread is left
     * interrupted.
     *
     * @return whether it is over
     */
    public boolean await(BooleanSupplier over, TimeLimit limit) {
        Thread waiter = Thread.currentThread();
        boolean interrupted = false;
        waiting.add(waiter);
        try {
            while (!over.getAsBoolean()) {
                Deadline until = limit.deadline();
                if (until.hasPassed()) {
                    return over.getAsBoolean();
                }
                until.park(this);
                interrupted |= Thread.interrupted();
            }
            return true;
        } finally {
            waiting.remove(waiter);
            if (interrupted) {
                waiter.interrupt();
            }
        }
    }
}
