package io.github.graceful4j;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import java.time.Duration;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Starts and stops a manager phase by phase: the door for a framework that decides itself when which phase has its
 * turn. Applications use {@link GracefulManager#shutdown} instead, which goes the same way with all phases in order.
 *
 * <p>Got from {@link GracefulManager#phaseControl()}. Thread-safe. No method waits, except for {@link #drain}.
 */
public final class PhaseControl {

    private final GracefulManager manager;

    PhaseControl(GracefulManager manager) {
        this.manager = manager;
    }

    /** Returns all phases that have a job now, highest first. */
    public SortedSet<Integer> phases() {
        return manager.registry().phases();
    }

    /**
     * Returns the phase of jobs that name none.
     *
     * @param kind which kind of jobs
     */
    public int defaultPhase(JobKind kind) {
        return manager.defaultPhase(kind);
    }

    /**
     * Starts the running jobs of all phases up to and including one, lowest first; those that ended by themselves stay
     * ended. Jobs registered there later start at once. Does nothing once shutdown was requested.
     *
     * @param phase the highest phase to start
     * @throws InvalidJobException if a shutdown job has to run after one that is not registered
     */
    public void start(int phase) {
        manager.registry().start(phase);
    }

    /**
     * Stops the running jobs of all phases from the highest down to and including one, without shutting down: they can
     * be started again. They get as long as a shutdown would give them. Does nothing once shutdown was requested.
     *
     * @param phase the lowest phase to stop
     * @return completes, never exceptionally, when they have ended or were given up
     */
    public CompletableFuture<@Nullable Void> pause(int phase) {
        return manager.pause(phase);
    }

    /**
     * Requests the shutdown, which fixes its reason and deadline; the first request wins. Unlike
     * {@link GracefulManager#shutdown}, nothing is stopped: that is up to {@link #stop} and {@link #finish}. To be
     * called by the thread that waits for these; a job whose thread that is, or which called {@link System#exit}, is
     * not waited for, since it waits for the shutdown itself.
     *
     * @param reason who asked for it, and why
     * @return whether this was the first request
     */
    public boolean begin(ShutdownReason reason) {
        return manager.begin(reason, true);
    }

    /**
     * Requests a shutdown in which no shutdown job runs, for a service that never got to work; otherwise as
     * {@link #begin}.
     *
     * @param reason who asked for it, and why
     * @return whether this was the first request
     */
    public boolean beginWithoutShutdownJobs(ShutdownReason reason) {
        return manager.begin(reason, false);
    }

    /**
     * Waits before anything is stopped, so that the service can go on serving until its callers have heard of the
     * shutdown. Ends early at the deadline, or when the shutdown is over; an interrupt does not end it, and the thread
     * is left interrupted.
     *
     * @param delay how long to wait
     * @throws IllegalStateException if shutdown was not requested
     */
    public void drain(Duration delay) {
        manager.drain(delay);
    }

    /**
     * Stops all phases from the highest down to and including one that have not been stopped yet: in each, first the
     * running jobs, then the shutdown jobs.
     *
     * @param phase the lowest phase to stop
     * @return completes, never exceptionally, when they have stopped
     * @throws IllegalStateException if shutdown was not requested
     */
    public CompletableFuture<@Nullable Void> stop(int phase) {
        return manager.stopDownTo(phase);
    }

    /**
     * Stops all phases that are left, and ends the shutdown.
     *
     * @return {@link GracefulManager#done()}
     * @throws IllegalStateException if shutdown was not requested
     */
    public CompletableFuture<ShutdownReport> finish() {
        return manager.finish();
    }
}
