package io.github.graceful4j.job;

/** The kinds of jobs, and of what is shown like one. */
public enum JobKind {
    /** Works until it is cancelled or ends by itself. */
    RUNNING,
    /** Runs once, while shutting down. */
    SHUTDOWN,
    /** Takes up work by itself until it is told not to, and is waited for: a work source, which is no job's. */
    SOURCE
}
