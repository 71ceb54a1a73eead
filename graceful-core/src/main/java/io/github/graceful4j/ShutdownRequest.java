package io.github.graceful4j;

import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.time.Instant;

/**
 * A shutdown that was requested: everything that is fixed at that moment.
 *
 * @param reason who asked for it, and why
 * @param began when, by the clock on the wall
 * @param tick when, by the ticker
 * @param allowed how long it may take; {@link Deadline#FOREVER} for as long as it needs
 * @param deadline when that is over
 * @param runsShutdownJobs whether shutdown jobs run; if not, they are skipped
 */
record ShutdownRequest(
        ShutdownReason reason,
        Instant began,
        long tick,
        Duration allowed,
        Deadline deadline,
        boolean runsShutdownJobs) {

    /** Returns how long after the request {@code laterTick} was; zero if it was before. */
    Duration since(long laterTick) {
        return Duration.ofNanos(Math.max(0, laterTick - tick));
    }

    /** Returns the grace period as users write it, where zero means no limit. */
    Duration gracePeriod() {
        return deadline.isNever() ? Duration.ZERO : allowed;
    }
}
