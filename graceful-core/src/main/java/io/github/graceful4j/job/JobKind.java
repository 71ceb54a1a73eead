package io.github.graceful4j.job;

/** The two kinds of jobs. */
public enum JobKind {
    /** Works until it is cancelled or ends by itself. */
    RUNNING,
    /** Runs once, while shutting down. */
    SHUTDOWN
}
