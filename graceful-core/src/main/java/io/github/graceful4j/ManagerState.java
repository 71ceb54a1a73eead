package io.github.graceful4j;

/** Where a manager stands. It only ever goes on to a later constant. */
public enum ManagerState {
    /** Built with auto-start off, and not started yet. */
    NEW,
    /** Started; running jobs run. */
    STARTED,
    /** Shutdown was requested, and is not over. */
    SHUTTING_DOWN,
    /** All over. */
    TERMINATED
}
