package io.github.graceful4j.internal.job;

import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A shutdown that was requested: who asked for it, when, and how long it may take. Thread-safe, as the allowance is and
 * everything else is fixed at the request.
 *
 * @param reason who asked for it first, and why
 * @param began when, by the clock on the wall
 * @param ago how long before the library was told
 * @param allowance how long it may take
 * @param runsShutdownJobs whether shutdown jobs run; if not, they are skipped
 */
public record ShutdownRequest(
        ShutdownReason reason, Instant began, Duration ago, Allowance allowance, boolean runsShutdownJobs) {

    /** Returns how long it may take in all; {@link Deadline#UNLIMITED} for as long as it needs. */
    public Duration gracePeriod() {
        return allowance.total();
    }

    /** Returns when it has to be over, by the clock on the wall, or {@code null} for no limit. */
    public @Nullable Instant wallDeadline() {
        return allowance.deadline().isNever()
                ? null
                : began.plus(allowance.total()).truncatedTo(ChronoUnit.MILLIS);
    }
}
