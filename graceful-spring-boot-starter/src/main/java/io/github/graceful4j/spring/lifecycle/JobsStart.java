package io.github.graceful4j.spring.lifecycle;

/** When running jobs are started. */
public enum JobsStart {
    /** When all beans are there, before whatever runs once the application has started. */
    STARTED,
    /** When the application is ready, and whatever runs before that is over. */
    READY,
    /** Not by the application. */
    NEVER
}
