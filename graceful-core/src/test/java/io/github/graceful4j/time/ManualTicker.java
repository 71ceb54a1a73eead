package io.github.graceful4j.time;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/**
 * Time that moves only when a test says so.
 *
 * <p>Thread-safe: all state is guarded by {@code this}. A wake-up is never lost: a thread is on the list before it
 * parks, and a permit given before it parks makes it return at once.
 */
public final class ManualTicker implements Ticker {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Map<Thread, Long> parked = new HashMap<>();

    // Close to where a long wraps around, so that whoever compares ticks as numbers is found out.
    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5);

    @Override
    public synchronized long read() {
        return now;
    }

    @Override
    public void parkUntil(Object blocker, long tick) {
        Thread thread = Thread.currentThread();
        synchronized (this) {
            if (tick - now <= 0) {
                return;
            }
            parked.put(thread, tick);
            notifyAll();
        }
        LockSupport.park(blocker);
        synchronized (this) {
            parked.remove(thread);
        }
    }

    /** Moves time on, and wakes up the threads whose time has come. */
    public void advance(Duration duration) {
        List<Thread> due;
        synchronized (this) {
            now += duration.toNanos();
            due = parked.entrySet().stream()
                    .filter(entry -> entry.getValue() - now <= 0)
                    .map(Map.Entry::getKey)
                    .toList();
        }
        due.forEach(LockSupport::unpark);
    }

    /** Waits until a thread waits for the moment that lies exactly {@code ahead}. */
    public void awaitParked(Duration ahead) throws InterruptedException {
        awaitParked("in " + ahead, left -> left == ahead.toNanos());
    }

    /** Waits until a thread waits for a moment that comes soon enough. */
    public void awaitParkedWithin(Duration atMost) throws InterruptedException {
        awaitParked("within " + atMost, left -> left > 0 && left <= atMost.toNanos());
    }

    private synchronized void awaitParked(String what, LongPredicate matches) throws InterruptedException {
        long limit = System.nanoTime() + LIMIT_NANOS;
        while (parked.values().stream().noneMatch(tick -> matches.test(tick - now))) {
            long left = limit - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("Nobody waits for what comes " + what + "; waited for is what comes in "
                        + parked.values().stream()
                                .map(tick -> Duration.ofNanos(tick - now))
                                .toList());
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Waits until a thread waits for the moment that lies exactly {@code ahead}, then lets that moment come. */
    public void advanceWhenParked(Duration ahead) throws InterruptedException {
        awaitParked(ahead);
        advance(ahead);
    }
}
