package io.github.graceful4j.report;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;

/**
 * Is told how jobs and the shutdown go, one call per beginning and end.
 *
 * <p>Each listener is called on a thread of its own, one call after the other, in the order of the events. So a
 * listener that is slow delays nobody, and one that throws or never returns changes nothing but its own entry in
 * {@link ShutdownReport#errors()}. Before the shutdown is over, listeners are given a short while to catch up. One that
 * is thousands of events behind misses some of those of jobs, but none of those of the shutdown and its phases.
 */
public interface ShutdownListener {

    /**
     * A shutdown was requested.
     *
     * @param reason who asked for it, and why
     * @param gracePeriod how long it may take; {@link Deadline#UNLIMITED} for as long as it needs
     */
    default void shutdownBegan(ShutdownReason reason, Duration gracePeriod) {}

    /**
     * A phase begins to stop.
     *
     * @param phase the phase
     */
    default void phaseBegan(int phase) {}

    /**
     * A job was started. A running job is started again after a pause; a restart after a failure is no new start.
     *
     * @param job the name of the job
     * @param kind which kind of job it is
     */
    default void jobBegan(String job, JobKind kind) {}

    /**
     * A job threw something that counts as a failure. A running job may be restarted after that; if it is not, or it is
     * a shutdown job, {@link #jobEnded} comes next. What a job throws after it was given up is not told.
     *
     * @param job the name of the job
     * @param kind which kind of job it is
     * @param failure what it threw
     */
    default void jobFailed(String job, JobKind kind, Throwable failure) {}

    /**
     * A running job that failed was started again, as its failure policy says.
     *
     * @param job the name of the job
     */
    default void jobRestarted(String job) {}

    /**
     * A job that was started has ended, or was given up.
     *
     * @param result what came of it
     */
    default void jobEnded(JobResult result) {}

    /**
     * A phase has stopped.
     *
     * @param result what came of it
     */
    default void phaseEnded(PhaseResult result) {}

    /**
     * The shutdown is over.
     *
     * @param report what came of it
     */
    default void shutdownEnded(ShutdownReport report) {}
}
