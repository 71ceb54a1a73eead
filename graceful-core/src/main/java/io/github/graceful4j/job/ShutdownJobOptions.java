package io.github.graceful4j.job;

import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When a shutdown job runs and how long it may take. Start from {@link #defaults()}. Immutable and thread-safe. */
public final class ShutdownJobOptions {

    private static final ShutdownJobOptions DEFAULTS = new ShutdownJobOptions(null, Deadline.UNLIMITED, Set.of());

    private final @Nullable Integer phase;
    private final Duration timeout;
    private final Set<String> after;

    private ShutdownJobOptions(@Nullable Integer phase, Duration timeout, Set<String> after) {
        this.phase = phase;
        this.timeout = timeout;
        this.after = after;
    }

    /** Returns the options of a job in the default phase, without a timeout of its own, that waits for no other job. */
    public static ShutdownJobOptions defaults() {
        return DEFAULTS;
    }

    /** Returns the phase the job runs in, higher ones first; {@code null} for the manager's default. */
    public @Nullable Integer phase() {
        return phase;
    }

    /**
     * Returns how long the job may take; {@link Deadline#UNLIMITED} for as long as the grace period allows. It only
     * ever shortens what the grace period leaves.
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Returns the names of the shutdown jobs that have to be over before this one starts, failed ones too; all others
     * of its phase run in parallel with it.
     */
    public Set<String> after() {
        return after;
    }

    /**
     * Returns these options with another phase.
     *
     * @param newPhase the phase the job runs in, higher ones first
     */
    public ShutdownJobOptions withPhase(int newPhase) {
        return new ShutdownJobOptions(newPhase, timeout, after);
    }

    /**
     * Returns these options with another timeout.
     *
     * @param newTimeout how long the job may take; {@link Deadline#UNLIMITED} for as long as the grace period allows
     * @throws IllegalArgumentException if {@code newTimeout} is zero or negative
     */
    public ShutdownJobOptions withTimeout(Duration newTimeout) {
        return new ShutdownJobOptions(phase, Timeouts.requirePositive(newTimeout), after);
    }

    /**
     * Returns these options with more jobs to wait for.
     *
     * @param names the names of shutdown jobs that have to be over before this one starts
     */
    public ShutdownJobOptions withAfter(String... names) {
        Set<String> all = new LinkedHashSet<>(after);
        all.addAll(List.of(names));
        return new ShutdownJobOptions(phase, timeout, Set.copyOf(all));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ShutdownJobOptions that
                && Objects.equals(phase, that.phase)
                && timeout.equals(that.timeout)
                && after.equals(that.after);
    }

    @Override
    public int hashCode() {
        return Objects.hash(phase, timeout, after);
    }

    @Override
    public String toString() {
        return "ShutdownJobOptions[phase=" + (phase == null ? "default" : phase) + ", timeout=" + Timeouts.text(timeout)
                + ", after=" + after + "]";
    }
}
