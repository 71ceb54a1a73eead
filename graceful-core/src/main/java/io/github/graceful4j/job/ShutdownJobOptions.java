package io.github.graceful4j.job;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a shutdown job runs and how long it may take. Start from {@link #defaults()}. Immutable and thread-safe.
 *
 * @param phase the phase the job runs in, higher ones first; {@code null} for the manager's default
 * @param timeout how long the job may take; zero for as long as the grace period allows. It only ever shortens what the
 *     grace period leaves
 * @param after the names of the shutdown jobs that have to be over before this one starts, failed ones too; all others
 *     of its phase run in parallel with it
 */
public record ShutdownJobOptions(@Nullable Integer phase, Duration timeout, Set<String> after) {

    private static final ShutdownJobOptions DEFAULTS = new ShutdownJobOptions(null, Duration.ZERO, Set.of());

    /**
     * Checks the timeout and copies the names.
     *
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    public ShutdownJobOptions {
        Timeouts.requireNotNegative(timeout);
        after = Set.copyOf(after);
    }

    /** Returns the options of a job in the default phase, without a timeout of its own, that waits for no other job. */
    public static ShutdownJobOptions defaults() {
        return DEFAULTS;
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
     * @param newTimeout how long the job may take; zero for as long as the grace period allows
     * @throws IllegalArgumentException if {@code newTimeout} is negative
     */
    public ShutdownJobOptions withTimeout(Duration newTimeout) {
        return new ShutdownJobOptions(phase, newTimeout, after);
    }

    /**
     * Returns these options with more jobs to wait for.
     *
     * @param names the names of shutdown jobs that have to be over before this one starts
     */
    public ShutdownJobOptions withAfter(String... names) {
        Set<String> all = new LinkedHashSet<>(after);
        all.addAll(List.of(names));
        return new ShutdownJobOptions(phase, timeout, all);
    }
}
