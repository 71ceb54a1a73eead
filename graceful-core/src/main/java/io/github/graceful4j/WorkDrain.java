package io.github.graceful4j;

import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.work.WorkTracker;
import java.util.concurrent.TimeoutException;

/**
 * Drains the units of work that are not jobs: refuses new ones, and waits for those in flight, so that shutdown jobs
 * find none. Used by one thread at a time, the one that stops phases.
 */
final class WorkDrain {

    private final WorkTracker tracker;
    private final int phase;
    private final ErrorLog errors;
    private final SafeLogger logger;
    private boolean timedOut;

    /**
     * Prepares to drain.
     *
     * @param phase the phase of running jobs by default: higher ones may still bring in work, as HTTP does
     */
    WorkDrain(WorkTracker tracker, int phase, ErrorLog errors, SafeLogger logger) {
        this.tracker = tracker;
        this.phase = phase;
        this.errors = errors;
        this.logger = logger;
    }

    /** Refuses new units of work from now on, if it is time for that. */
    void begin(int stoppingPhase, boolean beforeShutdownJobs) {
        if (stoppingPhase <= phase || beforeShutdownJobs) {
            tracker.drain();
        }
    }

    /** Waits until no unit of work is in flight any more, if new ones are refused. */
    void await(Deadline deadline) {
        if (tracker.isDraining() && !timedOut && !deadline.awaitUninterruptibly(tracker.drain())) {
            timedOut = true;
            String problem = tracker.inFlight() + " units of work had not left when their time was up";
            logger.warn("{}; they are not waited for any more", problem);
            errors.add("work", RecordedError.Source.WORK_IN_FLIGHT, new TimeoutException(problem));
        }
    }

    /** Drains what no phase had to do with. */
    void finish(Deadline deadline) {
        tracker.drain();
        await(deadline);
    }

    boolean isTimedOut() {
        return timedOut;
    }
}
