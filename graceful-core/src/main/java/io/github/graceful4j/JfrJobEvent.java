package io.github.graceful4j;

import io.github.graceful4j.job.JobResult;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A job, from its start to its end or until it was given up. */
@Name("graceful.Job")
@Label("Job")
@Category("Graceful")
@Description("A job that ended or was given up")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class JfrJobEvent extends Event {

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

    void set(JobResult result, int ofPhase) {
        name = result.job();
        kind = result.kind().name();
        phase = ofPhase;
        outcome = result.outcome().name();
        age = result.age().toNanos();
    }
}
