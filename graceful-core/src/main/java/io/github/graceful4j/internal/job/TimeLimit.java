package io.github.graceful4j.internal.job;

import io.github.graceful4j.time.Deadline;

/** When something is given up, which may be brought forward while it goes on. Thread-safe. */
@FunctionalInterface
public interface TimeLimit {

    /** Returns when that is, as it stands now. */
    Deadline deadline();

    /** Returns the limit that comes first of this one and another. */
    default TimeLimit or(TimeLimit other) {
        return () -> deadline().earlier(other.deadline());
    }
}
