package io.github.graceful4j.job;

import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The failure policy that starts a job again. Start from {@link FailurePolicy#restart()}. Immutable and thread-safe.
 *
 * <p>Delays double from restart to restart, and each is shortened by chance by up to half, since many copies of a job
 * that failed together must not all come back together.
 */
public final class RestartPolicy extends FailurePolicy {

    static final RestartPolicy DEFAULTS = new RestartPolicy(
            Duration.ofSeconds(1), Duration.ofMinutes(1), Integer.MAX_VALUE, Deadline.UNLIMITED, false);

    private static final Duration SHORTEST_DELAY = Duration.ofMillis(1);

    private final Duration initialDelay;
    private final Duration maxDelay;
    private final int limit;
    private final Duration within;
    private final boolean shutsDownAtLast;

    private RestartPolicy(
            Duration initialDelay, Duration maxDelay, int limit, Duration within, boolean shutsDownAtLast) {
        this.initialDelay = initialDelay;
        this.maxDelay = maxDelay;
        this.limit = limit;
        this.within = within;
        this.shutsDownAtLast = shutsDownAtLast;
    }

    /**
     * Returns this policy with other delays before a restart.
     *
     * @param newInitialDelay how long to wait before the first restart, and before the first one after the job went
     *     well for {@code newMaxDelay}; a millisecond at least, since a delay of zero would never grow
     * @param newMaxDelay how long to wait before a restart at most
     * @throws IllegalArgumentException if {@code newInitialDelay} is shorter than a millisecond or longer than
     *     {@code newMaxDelay}
     */
    public RestartPolicy withDelay(Duration newInitialDelay, Duration newMaxDelay) {
        Objects.requireNonNull(newInitialDelay, "newInitialDelay");
        Objects.requireNonNull(newMaxDelay, "newMaxDelay");
        if (newInitialDelay.compareTo(SHORTEST_DELAY) < 0 || newMaxDelay.compareTo(newInitialDelay) < 0) {
            throw new IllegalArgumentException("Can't restart a job with a delay from " + newInitialDelay + " to "
                    + newMaxDelay + ": the first must be a millisecond or more, since it is doubled from restart to"
                    + " restart, and the second not shorter than the first");
        }
        return new RestartPolicy(
                atMostUnlimited(newInitialDelay), atMostUnlimited(newMaxDelay), limit, within, shutsDownAtLast);
    }

    /**
     * Returns this policy with a limit to the restarts, after which a failure is only recorded.
     *
     * @param restarts how many restarts there may be, one or more
     * @param newWithin the time in which there may be so many; {@link Deadline#UNLIMITED} for all the life of the job
     * @throws IllegalArgumentException if {@code restarts} is less than one, or {@code newWithin} is not positive
     */
    public RestartPolicy withLimit(int restarts, Duration newWithin) {
        return limited(restarts, newWithin, false);
    }

    /**
     * Returns this policy with a limit to the restarts, after which a failure shuts down the manager.
     *
     * @param restarts how many restarts there may be, one or more
     * @param newWithin the time in which there may be so many; {@link Deadline#UNLIMITED} for all the life of the job
     * @throws IllegalArgumentException if {@code restarts} is less than one, or {@code newWithin} is not positive
     */
    public RestartPolicy withLimitThenShutDown(int restarts, Duration newWithin) {
        return limited(restarts, newWithin, true);
    }

    private RestartPolicy limited(int restarts, Duration newWithin, boolean thenShutsDown) {
        Objects.requireNonNull(newWithin, "newWithin");
        if (restarts < 1) {
            throw new IllegalArgumentException("Can't restart a job at most " + restarts
                    + " times: the number must be one or more (use FailurePolicy.recordOnly() or"
                    + " FailurePolicy.shutDown() for a job that is never restarted)");
        }
        if (newWithin.isNegative() || newWithin.isZero()) {
            throw new IllegalArgumentException("Can't limit the restarts of a job within " + newWithin
                    + ": the time must be positive (use Deadline.UNLIMITED for all the life of the job)");
        }
        return new RestartPolicy(initialDelay, maxDelay, restarts, atMostUnlimited(newWithin), thenShutsDown);
    }

    /** What is longer converts to no number of nanoseconds, and is as good as unlimited. */
    private static Duration atMostUnlimited(Duration duration) {
        return duration.compareTo(Deadline.UNLIMITED) < 0 ? duration : Deadline.UNLIMITED;
    }

    /** Returns how long to wait before the first restart; a millisecond or more. */
    public Duration initialDelay() {
        return initialDelay;
    }

    /** Returns how long to wait before a restart at most. */
    public Duration maxDelay() {
        return maxDelay;
    }

    /** Returns how many restarts there may be within {@link #within()}; {@link Integer#MAX_VALUE} for any number. */
    public int limit() {
        return limit;
    }

    /**
     * Returns the time in which there may be as many restarts as {@link #limit()} says, up to now;
     * {@link Deadline#UNLIMITED} for all the life of the job.
     */
    public Duration within() {
        return within;
    }

    /**
     * Returns the delay that follows another: twice as long, up to the longest.
     *
     * @param last the delay before, not shortened by chance
     */
    public Duration nextDelay(Duration last) {
        return last.compareTo(maxDelay.dividedBy(2)) < 0 ? last.multipliedBy(2) : maxDelay;
    }

    @Override
    public Action action() {
        return Action.RESTART;
    }

    @Override
    public boolean shutsDownAtLast() {
        return shutsDownAtLast;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RestartPolicy that
                && initialDelay.equals(that.initialDelay)
                && maxDelay.equals(that.maxDelay)
                && limit == that.limit
                && within.equals(that.within)
                && shutsDownAtLast == that.shutsDownAtLast;
    }

    @Override
    public int hashCode() {
        return Objects.hash(initialDelay, maxDelay, limit, within, shutsDownAtLast);
    }

    @Override
    public String toString() {
        String often = limit == Integer.MAX_VALUE
                ? "any number of times"
                : "at most " + limit + " times within " + Timeouts.text(within) + ", then "
                        + (shutsDownAtLast ? "shut down" : "record only");
        return "restart after " + initialDelay + " to " + Timeouts.text(maxDelay) + ", " + often;
    }
}
