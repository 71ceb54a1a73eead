package io.github.graceful4j.internal.observe;

import io.github.graceful4j.time.Deadline;
import java.util.concurrent.locks.LockSupport;

/**
 * A place in a mailbox, which the thread that made it waits for.
 *
 * <p>Thread-safe, as {@code reached} is volatile.
 */
final class Marker implements Runnable {

    private final Thread waiter = Thread.currentThread();
    private volatile boolean reached;

    /** It is reached. */
    @Override
    public void run() {
        reached = true;
        LockSupport.unpark(waiter);
    }

    boolean isReached() {
        return reached;
    }

    /**
     * Waits until it is reached or {@code deadline} comes, and returns whether it is reached. An interrupt does not end
     * the wait; the thread is left interrupted.
     */
    boolean await(Deadline deadline) {
        boolean interrupted = false;
        while (!reached && !deadline.hasPassed()) {
            deadline.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            waiter.interrupt();
        }
        return reached;
    }
}
