package io.github.graceful4j.job;

/** Where a registered job stands. */
public enum JobState {
    /** Registered, and not started yet. */
    WAITING,
    /** Started, and not told to end. */
    ACTIVE,
    /** Failed, and waiting to be restarted. */
    BACKING_OFF,
    /** Told to end, and not ended yet. */
    STOPPING,
    /** Not active any more, and not to be started again by itself. */
    ENDED,
    /** Stopped by name, and not active until it is started by name. */
    STOPPED
}
