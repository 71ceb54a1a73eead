package io.github.graceful4j.job;

/** How a job ended. */
public enum JobOutcome {
    /** It returned, by itself or soon enough after it was told to end. */
    COMPLETED,
    /** It threw something. */
    FAILED,
    /** A running job that ended only after its thread was interrupted. */
    INTERRUPTED,
    /** A running job that had not ended at its deadline; nobody waits for it any more. */
    ABANDONED,
    /** A shutdown job that had not ended at its deadline; nobody waits for it any more. */
    TIMED_OUT,
    /** It never started. */
    SKIPPED
}
