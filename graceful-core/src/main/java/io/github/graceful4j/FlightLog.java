package io.github.graceful4j;

import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.ShutdownListener;

/**
 * Where a recording of JDK Flight Recorder learns how jobs and shutdowns go. A JVM may lack the recorder, as the module
 * {@code jdk.jfr} is optional; so only {@link JfrGate} and what is behind it know it. Thread-safe.
 */
interface FlightLog {

    /** A job under way. */
    @FunctionalInterface
    interface Mark {

        /** Says what came of the job. */
        void ended(JobResult result, int phase);
    }

    /** Begins the event of a job, which the end of the mark ends. */
    Mark jobBegan();

    /** Returns who has to be told of the phases and the shutdown of one manager, on the threads that they happen on. */
    ShutdownListener newListener();

    /** Returns that of this JVM. */
    static FlightLog system() {
        return isAvailable() ? new JfrGate(false) : none();
    }

    /** Returns one that does everything but write. */
    static FlightLog silent() {
        return isAvailable() ? new JfrGate(true) : none();
    }

    private static boolean isAvailable() {
        try {
            Class.forName("jdk.jfr.Event");
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    static FlightLog none() {
        return new FlightLog() {
            @Override
            public Mark jobBegan() {
                return (result, phase) -> {};
            }

            @Override
            public ShutdownListener newListener() {
                return new ShutdownListener() {};
            }
        };
    }
}
