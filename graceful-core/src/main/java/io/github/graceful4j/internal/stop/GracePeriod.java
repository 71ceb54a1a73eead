package io.github.graceful4j.internal.stop;

import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of the one grace period.
 *
 * @param total how long a shutdown may take; {@link Deadline#UNLIMITED} for as long as it needs
 * @param customReserve how much of that is kept for shutdown jobs, or {@code null} for a fifth
 * @param maxInterruptLead how long before its deadline a running job is interrupted at most
 */
public record GracePeriod(Duration total, @Nullable Duration customReserve, Duration maxInterruptLead) {

    /** What a shutdown job gets even when nothing is left. */
    static final Duration FLOOR = Duration.ofMillis(500);

    private static final int RESERVE_PART = 5;
    private static final int LEAD_PART = 10;

    /**
     * Checks the durations.
     *
     * @throws IllegalArgumentException if {@code total} is not positive, another is negative, or the reserve is longer
     *     than the grace period
     */
    public GracePeriod {
        if (total.isNegative() || total.isZero()) {
            throw new IllegalArgumentException("Can't set the grace period: it must be positive: " + total
                    + " (use Deadline.UNLIMITED for as long as a shutdown needs)");
        }
        total = total.compareTo(Deadline.UNLIMITED) < 0 ? total : Deadline.UNLIMITED;
        requireNotNegative("interrupt lead", maxInterruptLead);
        if (customReserve != null) {
            requireNotNegative("reserve", customReserve);
            if (customReserve.compareTo(total) > 0) {
                throw new IllegalArgumentException("Can't reserve " + customReserve
                        + " for shutdown jobs: the whole grace period is only " + total);
            }
        }
    }

    private static void requireNotNegative(String what, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(
                    "Can't set the " + what + ": it must not be negative: " + duration + " (use zero for none)");
        }
    }

    /** Returns what is kept for shutdown jobs of a shutdown that may take {@code allowed}. */
    Duration reserveOf(Duration allowed) {
        if (customReserve == null) {
            return allowed.dividedBy(RESERVE_PART);
        }
        return customReserve.compareTo(allowed) < 0 ? customReserve : allowed;
    }

    /** Returns how long before the end of {@code allowed} a running job is interrupted. */
    Duration leadOf(Duration allowed) {
        Duration part = allowed.dividedBy(LEAD_PART);
        return part.compareTo(maxInterruptLead) < 0 ? part : maxInterruptLead;
    }
}
