package io.github.graceful4j.job;

import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.Objects;

/** The one rule for the timeouts of both kinds of jobs. */
final class Timeouts {

    private Timeouts() {}

    /** Returns {@code timeout}, or {@link Deadline#UNLIMITED} where it is even longer. */
    static Duration requirePositive(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("Can't set the timeout of a job: it must be positive: " + timeout
                    + " (use Deadline.UNLIMITED, the default, for no timeout of its own)");
        }
        return timeout.compareTo(Deadline.UNLIMITED) < 0 ? timeout : Deadline.UNLIMITED;
    }

    static String text(Duration duration) {
        return duration.compareTo(Deadline.UNLIMITED) < 0 ? duration.toString() : "unlimited";
    }
}
