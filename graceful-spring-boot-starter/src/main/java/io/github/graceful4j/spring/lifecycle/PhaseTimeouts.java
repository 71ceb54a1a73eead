package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.List;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Makes the timeouts that Spring has for each single phase fit the one grace period: phases with jobs get as long as
 * the manager allows, which keeps its own time; all others get no longer than what is left when the jobs still to come
 * have their share.
 *
 * <p>Thread-safe: it has no state but the processor's, which is made for being changed by any thread.
 */
final class PhaseTimeouts {

    /** The manager keeps its deadline itself, so Spring's timeout is only a net below it. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** What phases that come after the deadline get, for what stops at once. */
    private static final Duration FLOOR = Duration.ofMillis(100);

    /** A phase that hangs before the running jobs have their turn must not use up their time as well. */
    private static final int RUNNING_PART = 5;

    private static final List<JobState> UNFINISHED =
            List.of(JobState.STOPPING, JobState.ACTIVE, JobState.BACKING_OFF, JobState.WAITING);

    private final DefaultLifecycleProcessor processor;
    private final GracefulManager manager;
    private final Duration perPhase;
    private final Duration reserve;

    /**
     * Creates the timeouts of a context.
     *
     * @param perPhase how long Spring waits for each phase by itself
     * @param reserve what phases without jobs leave for shutdown jobs that have not run yet
     */
    PhaseTimeouts(DefaultLifecycleProcessor processor, GracefulManager manager, Duration perPhase, Duration reserve) {
        this.processor = processor;
        this.manager = manager;
        this.perPhase = perPhase;
        this.reserve = reserve;
    }

    /** Lets the manager alone decide how long a phase of its own takes. */
    void extend(int phase) {
        Duration gracePeriod = manager.gracePeriod();
        processor.setTimeoutForShutdownPhase(
                phase,
                gracePeriod.compareTo(Deadline.UNLIMITED) < 0
                        ? gracePeriod.plus(MARGIN).toMillis()
                        : Long.MAX_VALUE);
    }

    /**
     * Shortens the timeout of all other phases to what is left now. Spring reads it when it begins to wait for a phase,
     * so this has to be done again and again.
     */
    void clip() {
        processor.setTimeoutPerShutdownPhase(
                min(perPhase, max(leftForOthers(), FLOOR)).toMillis());
    }

    /** Returns how long anything but the jobs may take from now on, before it takes time from them; may be negative. */
    Duration leftForOthers() {
        return manager.shutdownContext().remaining().minus(keptForJobs());
    }

    private Duration keptForJobs() {
        Duration kept = manager.jobCount(JobKind.SHUTDOWN, JobState.WAITING) > 0 ? reserve : Duration.ZERO;
        return isRunningJobLeft() ? kept.plus(manager.gracePeriod().dividedBy(RUNNING_PART)) : kept;
    }

    /** Counts, since there may be very many jobs, and this is asked again and again. */
    private boolean isRunningJobLeft() {
        for (JobState state : UNFINISHED) {
            if (manager.jobCount(JobKind.RUNNING, state) > 0) {
                return true;
            }
        }
        return false;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
