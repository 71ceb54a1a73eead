package io.github.graceful4j.report;

/**
 * Something that was thrown, and by what.
 *
 * @param name the name of the job, or of the listener's class, or of what failed otherwise
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
        /** Units of work that were still in flight when time was up, and work sources. */
        WORK_IN_FLIGHT,
        /** The log: lines that could not be written. */
        LOG,
        /** The shutdown itself, apart from all jobs. */
        SHUTDOWN
    }

    /** Returns what threw and what was thrown, in one {@linkplain PlainText plain} line. */
    @Override
    public String toString() {
        return PlainText.of(
                "RecordedError[name=" + name + ", source=" + source + ", thrown=" + ThrownText.of(thrown) + "]");
    }
}
