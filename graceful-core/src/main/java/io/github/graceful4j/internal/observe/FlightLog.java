package io.github.graceful4j.internal.observe;

import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.ShutdownReport;
import org.jspecify.annotations.Nullable;

/**
 * Where a recording of JDK Flight Recorder learns how the jobs and the shutdown of one manager go. A JVM may lack the
 * recorder, as the module {@code jdk.jfr} is optional; so only {@link JfrGate} and what is behind it know it.
 * Thread-safe, except that shutdown and phases are told of by one thread after another.
 */
public interface FlightLog {

    /** Returns whether an event might be recorded. */
    default boolean isOpen() {
        return false;
    }

    /** Begins the event of a job; returns what {@link #jobEnded} wants back, or {@code null} while none is recorded. */
    default @Nullable Object jobBegan() {
        return null;
    }

    /** Ends the event of a job, or makes one without a length if it began before the recording. */
    default void jobEnded(@Nullable Object begun, JobResult result, int phase) {}

    /** The shutdown was requested. */
    default void shutdownBegan() {}

    /** A phase begins to stop. */
    default void phaseBegan() {}

    /** A phase has stopped. */
    default void phaseEnded(PhaseResult result) {}

    /** The shutdown is over. */
    default void shutdownEnded(ShutdownReport report) {}

    /** Returns that of this JVM, for one manager. */
    static FlightLog system() {
        return isAvailable() ? new JfrGate() : none();
    }

    /** Returns one that does nothing. */
    static FlightLog none() {
        return new FlightLog() {};
    }

    private static boolean isAvailable() {
        try {
            Class.forName("jdk.jfr.Event");
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
