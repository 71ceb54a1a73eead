package io.github.graceful4j.job;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a running job is started, supervised and stopped. Start from {@link #defaults()}. Immutable and thread-safe.
 *
 * @param phase the phase the job stops in, higher ones first; {@code null} for the manager's default
 * @param timeout how long the job may take to end once told to; zero for as long as the grace period allows. It only
 *     ever shortens what the grace period leaves
 * @param failurePolicy what follows when the job throws
 */
public record RunningJobOptions(@Nullable Integer phase, Duration timeout, FailurePolicy failurePolicy) {

    private static final RunningJobOptions DEFAULTS =
            new RunningJobOptions(null, Duration.ZERO, FailurePolicy.recordOnly());

    /**
     * Checks the timeout.
     *
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    public RunningJobOptions {
        Timeouts.requireNotNegative(timeout);
        Objects.requireNonNull(failurePolicy, "failurePolicy");
    }

    /** Returns the options of a job in the default phase, without a timeout of its own, whose failures are recorded. */
    public static RunningJobOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns these options with another phase.
     *
     * @param newPhase the phase the job stops in, higher ones first
     */
    public RunningJobOptions withPhase(int newPhase) {
        return new RunningJobOptions(newPhase, timeout, failurePolicy);
    }

    /**
     * Returns these options with another timeout.
     *
     * @param newTimeout how long the job may take to end once told to; zero for as long as the grace period allows
     * @throws IllegalArgumentException if {@code newTimeout} is negative
     */
    public RunningJobOptions withTimeout(Duration newTimeout) {
        return new RunningJobOptions(phase, newTimeout, failurePolicy);
    }

    /**
     * Returns these options with another failure policy.
     *
     * @param newFailurePolicy what follows when the job throws
     */
    public RunningJobOptions withFailurePolicy(FailurePolicy newFailurePolicy) {
        return new RunningJobOptions(phase, timeout, newFailurePolicy);
    }
}
