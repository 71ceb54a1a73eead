package io.github.graceful4j.job;

/** Where a registered job stands. */
public enum JobState {
    /** Registered, and not started yet. */
    WAITING,
    /** Running. */
    RUNNING,
    /** Failed, and waiting to be restarted. */
    BACKING_OFF,
    /** Running, and told to end. */
    STOPPING,
    /** Not running any more, and not to be started again by itself. */
    ENDED,
    /** Stopped by name, and not running until it is started by name. */
    STOPPED
}
