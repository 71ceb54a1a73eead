package io.github.graceful4j.spi;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.report.ShutdownReason;
import java.time.Duration;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Starts and stops a manager phase by phase, for a framework that decides itself when which phase has its turn.
 * Applications use {@code GracefulManager.shutdown} instead, which goes the same way with all phases in order.
 *
 * <p>Got from {@code GracefulManager.phaseControl()}; frameworks call it, nobody else implements it. Thread-safe. No
 * method waits, except for {@link #drain}. What hangs on a future that is returned runs on a thread which nothing waits
 * for.
 */
public interface PhaseControl {

    /** Returns all phases that have a job now, highest first. */
    SortedSet<Integer> phases();

    /**
     * Returns the phase of jobs that name none.
     *
     * @param kind which kind of jobs
     */
    int defaultPhase(JobKind kind);

    /**
     * Returns whether signals and the end of the JVM are a reason to shut down for the manager itself. Its jobs would
     * then be stopped beside what the framework stops.
     */
    boolean handlesSignals();

    /**
     * Starts the running jobs of all phases up to and including one, lowest first; those that ended by themselves stay
     * ended. Jobs registered there later start at once. Does nothing once shutdown was requested.
     *
     * @param phase the highest phase to start
     * @throws io.github.graceful4j.job.InvalidJobException if a shutdown job has to run after one that is not
     *     registered
     */
    void start(int phase);

    /**
     * Stops the running jobs of all phases from the highest down to and including one, one phase after the other,
     * without shutting down: they can be started again. All together get as long as a shutdown would give them. Does
     * nothing once shutdown was requested.
     *
     * @param phase the lowest phase to stop
     * @return completes, never exceptionally, when they have ended or were given up
     */
    CompletableFuture<@Nullable Void> pause(int phase);

    /**
     * Requests the shutdown, which fixes its reason and deadline; the first request wins. Unlike
     * {@code GracefulManager.shutdown}, nothing is stopped: that is up to {@link #stop} and {@link #finish}, and nobody
     * else ends a shutdown that was begun this way. To be called by the thread that waits for these; a job whose thread
     * that is, or which called {@link System#exit}, is not waited for, since it waits for the shutdown itself.
     *
     * @param reason who asked for it, and why
     * @return whether this was the first request
     */
    default boolean begin(ShutdownReason reason) {
        return begin(reason, Duration.ZERO);
    }

    /**
     * Requests the shutdown as {@link #begin(ShutdownReason)} does, for somebody who asked for it a while ago: the
     * grace period began then. If it was requested before, its deadline comes no later than that.
     *
     * @param reason who asked for it, and why
     * @param ago how long ago; not negative
     * @return whether this was the first request
     */
    boolean begin(ShutdownReason reason, Duration ago);

    /**
     * Requests a shutdown in which no shutdown job runs, for a service that never got to work; otherwise as
     * {@link #begin}.
     *
     * @param reason who asked for it, and why
     * @return whether this was the first request
     */
    boolean beginWithoutShutdownJobs(ShutdownReason reason);

    /**
     * Waits before anything is stopped, so that the service can go on serving until its callers have heard of the
     * shutdown. Ends early at the deadline, or when the shutdown is over; an interrupt does not end it, and the thread
     * is left interrupted.
     *
     * @param delay how long to wait
     * @throws IllegalStateException if shutdown was not requested
     */
    void drain(Duration delay);

    /**
     * Stops all phases from the highest down to and including one that have not been stopped yet: in each, first the
     * running jobs, then the shutdown jobs.
     *
     * @param phase the lowest phase to stop
     * @return completes, never exceptionally, when they have stopped
     * @throws IllegalStateException if shutdown was not requested
     */
    CompletableFuture<@Nullable Void> stop(int phase);

    /**
     * Stops all phases that are left, and ends the shutdown.
     *
     * @return completes, never exceptionally, when the shutdown is over
     * @throws IllegalStateException if shutdown was not requested
     */
    CompletableFuture<@Nullable Void> finish();

    /**
     * Has a signal of the operating system handled by the framework, and by whatever handled it before only where the
     * framework hands it on. Goes on until it is undone, whatever becomes of the manager.
     *
     * @param name the name of the signal without "SIG", such as {@code TERM}
     * @param handler what is done at the signal
     * @return what undoes it; a handler that somebody else installed since stays
     * @throws UnsupportedOperationException if the signal can't be handled, as in a JVM that was started with
     *     {@code -Xrs}
     */
    Runnable handleSignal(String name, SignalHandler handler);
}
