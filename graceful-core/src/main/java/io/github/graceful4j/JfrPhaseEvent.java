package io.github.graceful4j;

import io.github.graceful4j.report.PhaseResult;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A phase, from when it began to stop until it had. */
@Name("graceful.Phase")
@Label("Phase")
@Category("Graceful")
@Description("A phase that stopped")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class JfrPhaseEvent extends Event {

    @Label("Phase")
    private int phase;

    @Label("Jobs")
    private int jobs;

    void set(PhaseResult result) {
        phase = result.phase();
        jobs = result.jobs().size();
    }
}
