package io.github.graceful4j;

import io.github.graceful4j.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether something was told to end, and who wants to know.
 *
 * <p>Thread-safe: the lists are guarded by {@code this}; {@code cancelled} is written under that lock only and read
 * without it.
 */
final class Cancellation {

    private final List<Thread> waiters = new ArrayList<>(1);
    private final List<Runnable> callbacks = new ArrayList<>(0);
    private volatile boolean cancelled;

    boolean isCancelled() {
        return cancelled;
    }

    /**
     * Cancels, and wakes up everyone who waits for it.
     *
     * @return the callbacks, for the caller to run; empty if it was cancelled before
     */
    List<Runnable> cancel() {
        List<Thread> woken;
        List<Runnable> called;
        synchronized (this) {
            if (cancelled) {
                return List.of();
            }
            cancelled = true;
            woken = List.copyOf(waiters);
            waiters.clear();
            called = List.copyOf(callbacks);
            callbacks.clear();
        }
        woken.forEach(LockSupport::unpark);
        return called;
    }

    /** Adds a callback, or returns {@code false} if it is too late for that. */
    synchronized boolean tryAdd(Runnable callback) {
        return !cancelled && callbacks.add(callback);
    }

    /** Forgets the callbacks of a job that ended by itself. */
    synchronized void clearCallbacks() {
        callbacks.clear();
    }

    /** Waits until cancelled or {@code deadline} has passed, and returns whether it is cancelled. */
    boolean await(Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (cancelled || deadline.hasPassed()) {
            return cancelled;
        }
        Thread waiter = Thread.currentThread();
        synchronized (this) {
            waiters.add(waiter);
        }
        try {
            while (!cancelled && !deadline.hasPassed()) {
                deadline.park(this);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return cancelled;
        } finally {
            synchronized (this) {
                waiters.remove(waiter);
            }
        }
    }
}
