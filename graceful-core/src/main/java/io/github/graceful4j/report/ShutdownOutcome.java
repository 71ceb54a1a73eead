package io.github.graceful4j.report;

/** How a shutdown ended, all jobs together. */
public enum ShutdownOutcome {
    /** Every job ended by itself and in time, without a failure. */
    CLEAN,
    /** Every job ended by itself and in time, but something failed. */
    FAILED,
    /** At least one job had to be interrupted, abandoned or timed out. */
    TIMED_OUT
}
