package io.github.graceful4j.internal.observe;

import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.ShutdownReport;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the recordings of JDK Flight Recorder; costs next to nothing while there is none.
 *
 * <p>Thread-safe, as the event of a job belongs to that job, and a manager has one shutdown, whose phases stop one
 * after the other; the fields are volatile because these may be on different threads.
 */
final class JfrLog implements FlightLog {

    private volatile ShutdownEvent shutdown = new ShutdownEvent();
    private volatile PhaseEvent stopping = new PhaseEvent();

    /** A job that begins while nothing is recorded keeps no event; if it is recorded when it ends, its age tells. */
    @Override
    public @Nullable Object jobBegan() {
        JobEvent event = new JobEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    @Override
    public void jobEnded(@Nullable Object begun, JobResult result, int phase) {
        JobEvent event = begun instanceof JobEvent job ? job : new JobEvent();
        event.set(result, phase);
        write(event);
    }

    @Override
    public void shutdownBegan() {
        ShutdownEvent event = new ShutdownEvent();
        event.begin();
        shutdown = event;
    }

    @Override
    public void phaseBegan() {
        PhaseEvent event = new PhaseEvent();
        event.begin();
        stopping = event;
    }

    @Override
    public void phaseEnded(PhaseResult result) {
        PhaseEvent event = stopping;
        event.set(result);
        write(event);
    }

    @Override
    public void shutdownEnded(ShutdownReport report) {
        ShutdownEvent event = shutdown;
        event.set(report);
        write(event);
    }

    private static void write(Event event) {
        if (event.shouldCommit()) {
            event.commit();
        }
    }

    /** A job, from its start to its end or until it was given up. */
    @Name("graceful.Job")
    @Label("Job")
    @Category("Graceful")
    @Description("A job that ended or was given up")
    @StackTrace(false)
    @SuppressWarnings("UnusedVariable") // the recorder reads the fields
    static final class JobEvent extends Event {

        @Label("Name")
        private @Nullable String name;

        @Label("Kind")
        private @Nullable String kind;

        @Label("Phase")
        private int phase;

        @Label("Outcome")
        private @Nullable String outcome;

        // Tells what the event does not where the job began before the recording.
        @Label("Age")
        @Timespan(Timespan.NANOSECONDS)
        private long age;

        private void set(JobResult result, int ofPhase) {
            name = result.job();
            kind = result.kind().name();
            phase = ofPhase;
            outcome = result.outcome().name();
            age = result.age().toNanos();
        }
    }

    /** A phase, from when it began to stop until it had. */
    @Name("graceful.Phase")
    @Label("Phase")
    @Category("Graceful")
    @Description("A phase that stopped")
    @StackTrace(false)
    @SuppressWarnings("UnusedVariable") // the recorder reads the fields
    static final class PhaseEvent extends Event {

        @Label("Phase")
        private int phase;

        @Label("Jobs")
        private int jobs;

        private void set(PhaseResult result) {
            phase = result.phase();
            jobs = result.jobCount();
        }
    }

    /** A shutdown, from its request to its end. */
    @Name("graceful.Shutdown")
    @Label("Shutdown")
    @Category("Graceful")
    @Description("A shutdown that ended")
    @StackTrace(false)
    @SuppressWarnings("UnusedVariable") // the recorder reads the fields
    static final class ShutdownEvent extends Event {

        @Label("Reason")
        private @Nullable String reason;

        @Label("Kind")
        private @Nullable String kind;

        @Label("Outcome")
        private @Nullable String outcome;

        @Label("Grace Period")
        @Timespan(Timespan.NANOSECONDS)
        private long gracePeriod;

        @Label("Jobs")
        private int jobs;

        private void set(ShutdownReport report) {
            // Not the failure that may be the reason: what a failure says may be about what the job works on.
            reason = report.reason().description();
            kind = report.reason().kind().name();
            outcome = report.outcome().name();
            gracePeriod = report.gracePeriod().toNanos();
            jobs = report.jobCount();
        }
    }
}
