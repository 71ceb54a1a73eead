package io.github.graceful4j.job;

import io.github.graceful4j.time.Deadline;
import java.time.Duration;

/**
 * Tells a job when to end and how much time is left.
 *
 * <p>Thread-safe: a job may hand its context to threads of its own.
 */
public interface JobContext {

    /** Returns the name the job was registered under. */
    String name();

    /**
     * Returns whether the job was told to end. Once true, it stays true. A running job is cancelled when its phase
     * stops, a shutdown job when its time is up.
     */
    boolean isCancelled();

    /**
     * Returns the time left until the job is given up: {@link Deadline#UNLIMITED} while nothing limits it, zero once it
     * is too late. Any duration returned fits any method that takes a timeout.
     */
    Duration remaining();

    /**
     * Waits until the job is cancelled, or {@code duration} has gone by: a sleep that ends at once on cancellation.
     *
     * @param duration how long to wait at most; zero or less only looks
     * @return whether the job is cancelled
     * @throws InterruptedException if the calling thread is interrupted
     */
    boolean awaitCancellation(Duration duration) throws InterruptedException;

    /**
     * Waits until the job is cancelled.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    default void awaitCancellation() throws InterruptedException {
        awaitCancellation(Deadline.UNLIMITED);
    }

    /**
     * Registers something to do once when the job is cancelled, for work that waits where it cannot look at
     * {@link #isCancelled()}: close a socket, wake up a consumer. It counts as part of the job, which has not ended
     * until the callback has returned. Where the job is cancelled already, the callback runs at once on the calling
     * thread. What a callback throws is recorded and keeps no other callback from running. A job that ended by itself
     * drops its callbacks.
     *
     * @param callback what to do
     * @return what removes the callback once there is nothing left for it to do
     */
    CancellationCallback onCancel(Runnable callback);
}
