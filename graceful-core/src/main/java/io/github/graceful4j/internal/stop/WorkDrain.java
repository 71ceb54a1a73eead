package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.Allowance;
import io.github.graceful4j.internal.job.TimeLimit;
import io.github.graceful4j.internal.observe.Observers;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.work.WorkTracker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Drains the units of work that are not jobs: refuses new ones, and waits for those in flight, so that shutdown jobs
 * find none. Used by one thread at a time, the one that stops phases.
 */
final class WorkDrain {

    private final WorkTracker tracker;
    private final int phase;
    private final Observers observers;
    private boolean timedOut;

    /**
     * Prepares to drain.
     *
     * @param phase the phase of running jobs by default: higher ones may still bring in work, as HTTP does
     */
    WorkDrain(WorkTracker tracker, int phase, Observers observers) {
        this.tracker = tracker;
        this.phase = phase;
        this.observers = observers;
    }

    /** Refuses new units of work from now on, if it is time for that. */
    void begin(int stoppingPhase, boolean beforeShutdownJobs) {
        if (stoppingPhase <= phase || beforeShutdownJobs) {
            tracker.drain();
        }
    }

    /** Waits until no unit of work is in flight any more, if new ones are refused. */
    void await(Allowance allowance, TimeLimit limit) {
        if (!tracker.isDraining() || timedOut) {
            return;
        }
        CompletableFuture<@Nullable Void> drained = tracker.drain();
        if (drained.isDone()) {
            return;
        }
        Thread stopping = Thread.currentThread();
        drained.whenComplete((value, failure) -> LockSupport.unpark(stopping));
        if (!allowance.await(drained::isDone, limit)) {
            timedOut = true;
            String problem = tracker.inFlight() + " units of work had not left when their time was up";
            observers.errors().add("work", RecordedError.Source.WORK_IN_FLIGHT, new TimeoutException(problem));
            observers.log().warn("{}; they are not waited for any more", problem);
        }
    }

    /** Drains what no phase had to do with. */
    void finish(Allowance allowance) {
        tracker.drain();
        await(allowance, allowance);
    }

    boolean isTimedOut() {
        return timedOut;
    }
}
