package io.github.graceful4j;

import io.github.graceful4j.report.ShutdownReport;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A shutdown, from its request to its end. */
@Name("graceful.Shutdown")
@Label("Shutdown")
@Category("Graceful")
@Description("A shutdown that ended")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class JfrShutdownEvent extends Event {

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

    void set(ShutdownReport report) {
        // Not the failure that may be the reason: what a failure says may be about what the job works on.
        reason = report.reason().description();
        kind = report.reason().kind().name();
        outcome = report.outcome().name();
        gracePeriod = report.gracePeriod().toNanos();
        jobs = report.jobs().size();
    }
}
