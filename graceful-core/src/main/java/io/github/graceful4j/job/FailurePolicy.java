package io.github.graceful4j.job;

import java.time.Duration;
import java.util.Objects;

/**
 * What follows when a running job throws. The failure is recorded in any case. Immutable and thread-safe.
 *
 * @param action what to do
 * @param initialDelay how long to wait before the first restart; each further one waits twice as long as the one before
 * @param maxDelay how long to wait before a restart at most
 * @param maxRestarts how often to restart; zero for any number of times
 * @param afterLimit what to do with a failure when no restart is left: {@link Action#RECORD} or
 *     {@link Action#SHUT_DOWN}
 */
public record FailurePolicy(
        Action action, Duration initialDelay, Duration maxDelay, int maxRestarts, Action afterLimit) {

    /** What to do when a running job throws. */
    public enum Action {
        /** Nothing more; the other jobs go on. */
        RECORD,
        /** Shut down the manager; the failure is the reason. */
        SHUT_DOWN,
        /** Start the job again after a while. */
        RESTART
    }

    private static final FailurePolicy RECORD_ONLY = withoutRestart(Action.RECORD);
    private static final FailurePolicy SHUT_DOWN = withoutRestart(Action.SHUT_DOWN);
    private static final FailurePolicy RESTART =
            new FailurePolicy(Action.RESTART, Duration.ofSeconds(1), Duration.ofMinutes(1), 0, Action.RECORD);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if a delay or {@code maxRestarts} is negative, {@code maxDelay} is shorter than
     *     {@code initialDelay}, or {@code afterLimit} is {@link Action#RESTART}
     */
    public FailurePolicy {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(afterLimit, "afterLimit");
        if (initialDelay.isNegative() || maxDelay.compareTo(initialDelay) < 0) {
            throw new IllegalArgumentException("Can't restart a job with a delay from " + initialDelay + " to "
                    + maxDelay + ": the first must not be negative, and the second not shorter than the first");
        }
        if (maxRestarts < 0) {
            throw new IllegalArgumentException("Can't restart a job " + maxRestarts
                    + " times: the number must not be negative (use zero for any number of times)");
        }
        if (afterLimit == Action.RESTART) {
            throw new IllegalArgumentException(
                    "Can't restart a job after its last restart: use RECORD or SHUT_DOWN for what follows the limit");
        }
    }

    private static FailurePolicy withoutRestart(Action action) {
        return new FailurePolicy(action, Duration.ZERO, Duration.ZERO, 0, Action.RECORD);
    }

    /** Returns the policy that only records the failure, while the other jobs go on: the default. */
    public static FailurePolicy recordOnly() {
        return RECORD_ONLY;
    }

    /** Returns the policy that shuts down the manager, with the failure as the reason. */
    public static FailurePolicy shutDown() {
        return SHUT_DOWN;
    }

    /**
     * Returns the policy that restarts the job, after one second at first and twice as long each time up to a minute,
     * each delay shortened by chance by up to half, any number of times.
     */
    public static FailurePolicy restart() {
        return RESTART;
    }

    /**
     * Returns this policy with other delays before a restart.
     *
     * @param newInitialDelay how long to wait before the first restart
     * @param newMaxDelay how long to wait before a restart at most
     * @throws IllegalArgumentException if {@code newInitialDelay} is negative or longer than {@code newMaxDelay}
     */
    public FailurePolicy withDelay(Duration newInitialDelay, Duration newMaxDelay) {
        return new FailurePolicy(action, newInitialDelay, newMaxDelay, maxRestarts, afterLimit);
    }

    /**
     * Returns this policy with a limit to the restarts, after which a failure is only recorded.
     *
     * @param newMaxRestarts how often to restart; zero for any number of times
     * @throws IllegalArgumentException if {@code newMaxRestarts} is negative
     */
    public FailurePolicy withMaxRestarts(int newMaxRestarts) {
        return new FailurePolicy(action, initialDelay, maxDelay, newMaxRestarts, afterLimit);
    }

    /** Returns this policy, except that a failure shuts down the manager when no restart is left. */
    public FailurePolicy thenShutDown() {
        return new FailurePolicy(action, initialDelay, maxDelay, maxRestarts, Action.SHUT_DOWN);
    }
}
