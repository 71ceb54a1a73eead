package io.github.graceful4j.report;

import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A shutdown that was requested: what is known of it from that moment on.
 *
 * @param reason who asked for it, and why
 * @param began when it was requested
 * @param gracePeriod how long it may take; {@link Deadline#UNLIMITED} for as long as it needs
 */
public record RequestedShutdown(ShutdownReason reason, Instant began, Duration gracePeriod) {

    /** Returns when its grace period is over, or {@code null} if it has no limit. */
    public @Nullable Instant deadline() {
        return gracePeriod.compareTo(Deadline.UNLIMITED) < 0 ? began.plus(gracePeriod) : null;
    }
}
