package io.github.graceful4j.internal.job;

import io.github.graceful4j.job.CancellationCallback;
import io.github.graceful4j.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Whether something was told to end, and who wants to know. A run of a job extends it, since there are very many of
 * these, and each object counts.
 *
 * <p>Thread-safe: the waiters and callbacks are guarded by {@code this}; {@code cancelled} is written under that lock
 * only and read without it.
 */
public sealed class Cancellation permits JobRun {

    // Nearly always there is one waiter and no callback, and there is one of these for every job.
    private @Nullable Thread waiter;
    private @Nullable List<Thread> moreWaiters;
    private @Nullable List<Callback> callbacks;
    private volatile boolean cancelled;

    /** Creates one that is not cancelled. */
    public Cancellation() {}

    /** Returns whether it is cancelled. */
    public final boolean isCancelled() {
        return cancelled;
    }

    /**
     * Cancels, wakes up everyone who waits for it, and calls those callbacks that are ours.
     *
     * @return the other callbacks, for the caller to run; empty if it was cancelled before
     */
    public final List<Runnable> cancel() {
        List<Callback> called;
        synchronized (this) {
            called = wakeUp();
        }
        return callOurs(called);
    }

    /** Cancels and wakes up everyone who waits for it; returns all callbacks. The caller holds the lock. */
    final List<Callback> wakeUp() {
        if (cancelled) {
            return List.of();
        }
        cancelled = true;
        LockSupport.unpark(waiter);
        if (moreWaiters != null) {
            moreWaiters.forEach(LockSupport::unpark);
        }
        waiter = null;
        moreWaiters = null;
        List<Callback> called = callbacks == null ? List.of() : callbacks;
        callbacks = null;
        return called;
    }

    /** Calls those callbacks that are ours, without a lock, and returns the others. */
    static List<Runnable> callOurs(List<Callback> called) {
        if (called.isEmpty()) {
            return List.of();
        }
        List<Runnable> foreign = new ArrayList<>(called.size());
        for (Callback callback : called) {
            if (callback.isOurs) {
                callback.action.run();
            } else {
                foreign.add(callback.action);
            }
        }
        return foreign;
    }

    /** Adds a callback; returns its handle, or {@code null} if it is too late for that. */
    public final @Nullable CancellationCallback tryAdd(Runnable action) {
        return tryAdd(new Callback(action, false));
    }

    /**
     * Adds a callback of our own, which does not throw and is quick: {@link #cancel} calls it itself, so that nothing
     * foreign is before it. Calls it at once if it is cancelled already.
     */
    public final CancellationCallback follow(Runnable action) {
        CancellationCallback added = tryAdd(new Callback(action, true));
        if (added == null) {
            action.run();
            return () -> false;
        }
        return added;
    }

    private synchronized @Nullable CancellationCallback tryAdd(Callback callback) {
        if (cancelled) {
            return null;
        }
        if (callbacks == null) {
            callbacks = new ArrayList<>(1);
        }
        callbacks.add(callback);
        return callback;
    }

    private synchronized boolean remove(Callback callback) {
        return callbacks != null && callbacks.remove(callback);
    }

    /** Forgets the callbacks, as those of a job that ended by itself. */
    public final synchronized void clearCallbacks() {
        dropCallbacks();
    }

    /** Does the same for a caller that holds the lock. */
    final void dropCallbacks() {
        callbacks = null;
    }

    /** Waits until cancelled. Right above where it parks, since the stack of each job that waits is kept in memory. */
    public final void awaitCancellation() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (cancelled) {
            return;
        }
        Thread current = Thread.currentThread();
        addWaiter(current);
        try {
            while (!cancelled) {
                LockSupport.park(this);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            removeWaiter(current);
        }
    }

    /** Waits until cancelled or {@code deadline} has passed, and returns whether it is cancelled. */
    public final boolean await(Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (cancelled || deadline.hasPassed()) {
            return cancelled;
        }
        Thread current = Thread.currentThread();
        addWaiter(current);
        try {
            while (!cancelled && !deadline.hasPassed()) {
                deadline.park(this);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return cancelled;
        } finally {
            removeWaiter(current);
        }
    }

    /** Adds a waiter, unless it is too late to wake it up, so that it does not begin to wait. */
    private synchronized void addWaiter(Thread thread) {
        if (cancelled) {
            return;
        }
        if (waiter == null) {
            waiter = thread;
        } else {
            if (moreWaiters == null) {
                moreWaiters = new ArrayList<>(1);
            }
            moreWaiters.add(thread);
        }
    }

    /** What has been cancelled has no waiters any more. */
    private void removeWaiter(Thread thread) {
        if (!cancelled) {
            removeWaiting(thread);
        }
    }

    private synchronized void removeWaiting(Thread thread) {
        if (thread.equals(waiter)) {
            waiter = null;
        } else if (moreWaiters != null) {
            moreWaiters.remove(thread);
        }
    }

    final class Callback implements CancellationCallback {

        private final Runnable action;
        private final boolean isOurs;

        private Callback(Runnable action, boolean isOurs) {
            this.action = action;
            this.isOurs = isOurs;
        }

        @Override
        public boolean remove() {
            return Cancellation.this.remove(this);
        }
    }
}
