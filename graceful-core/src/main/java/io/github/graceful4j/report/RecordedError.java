package io.github.graceful4j.report;

/**
 * Something that was thrown, and by what.
 *
 * @param name the name of the job, or of the listener's class
 * @param source what threw it
 * @param thrown the original throwable
 */
public record RecordedError(String name, Source source, Throwable thrown) {

    /** What can throw. */
    public enum Source {
        /** A running job. */
        RUNNING_JOB,
        /** A shutdown job. */
        SHUTDOWN_JOB,
        /** A callback that a job registered for its cancellation. */
        CANCELLATION_CALLBACK,
        /** A {@link ShutdownListener}. */
        LISTENER,
        /** Units of work that were still in flight when time was up. */
        WORK_IN_FLIGHT
    }
}
