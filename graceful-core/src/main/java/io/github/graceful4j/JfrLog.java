package io.github.graceful4j;

import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.ShutdownListener;
import jdk.jfr.Event;

/**
 * Writes to the recordings of JDK Flight Recorder; costs next to nothing while there is none.
 *
 * <p>Thread-safe, as it is immutable and an event belongs to one job or one listener.
 */
final class JfrLog implements FlightLog {

    private final boolean silent;
    private final Mark unbegun = (result, phase) -> write(new JfrJobEvent(), result, phase);

    /** Creates a log that is {@code silent} if it only goes through the motions. */
    JfrLog(boolean silent) {
        this.silent = silent;
    }

    /** A job that begins while nothing is recorded keeps no event; if it is recorded when it ends, its age tells. */
    @Override
    public Mark jobBegan() {
        JfrJobEvent event = new JfrJobEvent();
        if (!silent && !event.isEnabled()) {
            return unbegun;
        }
        event.begin();
        return (result, phase) -> write(event, result, phase);
    }

    @Override
    public ShutdownListener newListener() {
        return new JfrListener(this);
    }

    private void write(JfrJobEvent event, JobResult result, int phase) {
        event.set(result, phase);
        write(event);
    }

    void write(Event event) {
        if (!silent && event.shouldCommit()) {
            event.commit();
        }
    }
}
