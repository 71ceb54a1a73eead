package io.github.graceful4j.job;

import java.time.Duration;
import java.util.Objects;

/** The one rule for the timeouts of both kinds of jobs. */
final class Timeouts {

    private Timeouts() {}

    static void requireNotNegative(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("Can't set the timeout of a job: it must not be negative: " + timeout
                    + " (use zero for no timeout of its own)");
        }
    }
}
