package io.github.graceful4j.internal.job;

import io.github.graceful4j.job.JobContext;

/** A context of ours, which a manager can follow without standing in a row with foreign callbacks. */
public interface Cancellable extends JobContext {

    /** Returns what it is cancelled by. */
    Cancellation cancellation();
}
