package io.github.graceful4j.internal.observe;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.StuckThread;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Everyone who wants to know how jobs and the shutdown of a manager go: the list of errors, the log, the listeners, the
 * flight recorder. Nothing here waits for them or runs their code on the calling thread, except for {@link #catchUp}.
 *
 * <p>Thread-safe, as each of them is.
 */
public final class Observers {

    private final ErrorLog errors = new ErrorLog();
    private final Log log;
    private final Listeners listeners;
    private final FlightLog flight;

    /**
     * Creates them.
     *
     * @param jobs how many jobs there are, since each has its own events
     */
    public Observers(Logger logger, List<ShutdownListener> listeners, FlightLog flight, IntSupplier jobs) {
        this.log = new Log(logger, jobs, errors);
        this.listeners = new Listeners(listeners, jobs, errors, log);
        this.flight = flight;
    }

    /** Returns the list of everything that was thrown. */
    public ErrorLog errors() {
        return errors;
    }

    /** Returns the log. */
    public Log log() {
        return log;
    }

    /** A job was started; returns what {@link #jobEnded} wants back. */
    public @Nullable Object jobBegan(String job, JobKind kind) {
        if (listeners.hearOfJobs()) {
            listeners.tell(listener -> listener.jobBegan(job, kind));
        }
        return flight.jobBegan();
    }

    /** Returns whether anybody wants to be told of a job with such an end, of which there may be very many. */
    public boolean wantEndOf(JobOutcome outcome) {
        return outcome != JobOutcome.COMPLETED || listeners.hearOfJobs() || log.isDebug() || flight.isOpen();
    }

    /**
     * A job has ended, or was given up.
     *
     * @param begun what {@link #jobBegan} returned
     */
    public void jobEnded(JobResult result, int phase, @Nullable Object begun) {
        // Of a work source that was given up, whoever asked it tells, and how much was under way.
        if (result.kind() != JobKind.SOURCE || result.outcome() != JobOutcome.ABANDONED) {
            recordError(result);
            log.jobEnded(result, phase);
        }
        flight.jobEnded(begun, result, phase);
        if (!listeners.hearOfJobs()) {
            return;
        }
        Throwable failure = result.failure();
        if (failure != null) {
            listeners.tell(listener -> listener.jobFailed(result.job(), result.kind(), failure));
        }
        listeners.tell(listener -> listener.jobEnded(result));
    }

    private void recordError(JobResult result) {
        Throwable failure = result.failure();
        if (failure != null) {
            errors.add(result.job(), sourceOf(result.kind()), failure);
        }
        if (result.outcome() == JobOutcome.ABANDONED || result.outcome() == JobOutcome.TIMED_OUT) {
            TimeoutException late =
                    new TimeoutException("Job '" + result.job() + "' had not ended when its time was up");
            StuckThread where = result.stuck();
            if (where != null) {
                late.setStackTrace(where.stack().toArray(StackTraceElement[]::new));
            }
            errors.add(result.job(), sourceOf(result.kind()), late);
        }
    }

    /** A job that was given up threw something. */
    public void jobFailedLate(JobResult result, int phase, Throwable failure) {
        errors.add(result.job(), sourceOf(result.kind()), failure);
        log.jobFailedLate(result, phase);
    }

    /** A running job failed, and is started again after a delay. */
    public void jobFailed(String job, Duration delay, Throwable failure) {
        errors.add(job, RecordedError.Source.RUNNING_JOB, failure);
        log.warnOf(job, "Job '{}' failed; it is restarted in {} ms", job, delay.toMillis(), failure);
        if (listeners.hearOfJobs()) {
            listeners.tell(listener -> listener.jobFailed(job, JobKind.RUNNING, failure));
        }
    }

    /** A running job that failed was started again. */
    public void jobRestarted(String job) {
        if (listeners.hearOfJobs()) {
            listeners.tell(listener -> listener.jobRestarted(job));
        }
    }

    /** A callback of a job or of the shutdown context threw something. */
    public void callbackFailed(String job, Throwable thrown) {
        errors.add(job, RecordedError.Source.CANCELLATION_CALLBACK, thrown);
        log.warnOf(job, "A cancellation callback of '{}' failed", job, thrown);
    }

    /** A job is forgotten: what it threw counts with that of all others that were. */
    public void jobForgotten(String job, JobKind kind) {
        errors.forget(job, sourceOf(kind));
        errors.forget(job, RecordedError.Source.CANCELLATION_CALLBACK);
    }

    /**
     * The shutdown was requested.
     *
     * @param ago how much of the grace period was over by then
     * @param deadline by the clock on the wall, {@code null} for no limit
     */
    public void shutdownBegan(
            ShutdownReason reason, int jobs, Duration gracePeriod, Duration ago, @Nullable Instant deadline) {
        log.shutdownBegan(reason, jobs, gracePeriod, ago, deadline);
        flight.shutdownBegan();
        if (!listeners.isEmpty()) {
            listeners.tellAlways(listener -> listener.shutdownBegan(reason, gracePeriod));
        }
    }

    /** A phase begins to stop. */
    public void phaseBegan(int phase) {
        flight.phaseBegan();
        if (!listeners.isEmpty()) {
            listeners.tellAlways(listener -> listener.phaseBegan(phase));
        }
    }

    /** A phase has stopped. */
    public void phaseEnded(PhaseResult result) {
        flight.phaseEnded(result);
        if (!listeners.isEmpty()) {
            listeners.tellAlways(listener -> listener.phaseEnded(result));
        }
    }

    /** The shutdown is over. */
    public void shutdownEnded(ShutdownReport report) {
        log.shutdownEnded(report);
        flight.shutdownEnded(report);
        if (!listeners.isEmpty()) {
            listeners.tellAlways(listener -> listener.shutdownEnded(report));
        }
    }

    /** Gives listeners and the log until {@code deadline} to hear of all that happened; who is late is recorded. */
    public void catchUp(Deadline deadline) {
        Marker written = log.marker();
        listeners.awaitDelivery(deadline);
        log.awaitWritten(written, deadline);
    }

    /** The shutdown is over: nobody keeps a thread for what comes now and then. */
    public void close() {
        listeners.close();
        log.close();
    }

    private static RecordedError.Source sourceOf(JobKind kind) {
        if (kind == JobKind.SOURCE) {
            return RecordedError.Source.WORK_IN_FLIGHT;
        }
        return kind == JobKind.RUNNING ? RecordedError.Source.RUNNING_JOB : RecordedError.Source.SHUTDOWN_JOB;
    }
}
