package io.github.graceful4j.job;

import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a running job is started, supervised and stopped. Start from {@link #defaults()}. Immutable and thread-safe. */
public final class RunningJobOptions {

    private static final RunningJobOptions DEFAULTS =
            new RunningJobOptions(null, Deadline.UNLIMITED, FailurePolicy.recordOnly());

    private final @Nullable Integer phase;
    private final Duration timeout;
    private final FailurePolicy failurePolicy;

    private RunningJobOptions(@Nullable Integer phase, Duration timeout, FailurePolicy failurePolicy) {
        this.phase = phase;
        this.timeout = timeout;
        this.failurePolicy = failurePolicy;
    }

    /** Returns the options of a job in the default phase, without a timeout of its own, whose failures are recorded. */
    public static RunningJobOptions defaults() {
        return DEFAULTS;
    }

    /** Returns the phase the job stops in, higher ones first; {@code null} for the manager's default. */
    public @Nullable Integer phase() {
        return phase;
    }

    /**
     * Returns how long the job may take to end once told to; {@link Deadline#UNLIMITED} for as long as the grace period
     * allows. It only ever shortens what the grace period leaves.
     */
    public Duration timeout() {
        return timeout;
    }

    /** Returns what follows when the job throws. */
    public FailurePolicy failurePolicy() {
        return failurePolicy;
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
     * @param newTimeout how long the job may take to end once told to; {@link Deadline#UNLIMITED} for as long as the
     *     grace period allows
     * @throws IllegalArgumentException if {@code newTimeout} is zero or negative
     */
    public RunningJobOptions withTimeout(Duration newTimeout) {
        return new RunningJobOptions(phase, Timeouts.requirePositive(newTimeout), failurePolicy);
    }

    /**
     * Returns these options with another failure policy.
     *
     * @param newFailurePolicy what follows when the job throws
     */
    public RunningJobOptions withFailurePolicy(FailurePolicy newFailurePolicy) {
        return new RunningJobOptions(phase, timeout, Objects.requireNonNull(newFailurePolicy, "failurePolicy"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RunningJobOptions that
                && Objects.equals(phase, that.phase)
                && timeout.equals(that.timeout)
                && failurePolicy.equals(that.failurePolicy);
    }

    @Override
    public int hashCode() {
        return Objects.hash(phase, timeout, failurePolicy);
    }

    @Override
    public String toString() {
        return "RunningJobOptions[phase=" + (phase == null ? "default" : phase) + ", timeout=" + Timeouts.text(timeout)
                + ", failurePolicy=" + failurePolicy + "]";
    }
}
