package io.github.graceful4j.spring.lifecycle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the close of an application context goes.
 *
 * @param gracePeriod how long it may take in all
 * @param reserve how much of the grace period phases without jobs leave for shutdown jobs
 * @param beforeJobs how long phases above those of running jobs may take together; {@code null} for half of what drain
 *     and reserve leave of the grace period, while there are running jobs
 * @param drainDelay for how long the application goes on serving before anything is stopped
 * @param haltExitCode the exit code with which the process is halted if the close is not over at the deadline, or
 *     {@code null} if it is not halted
 * @param signals what is done at signals
 * @param deathDuringStart takes note that the process may end before it has started, so that the next one knows
 */
public record CloseSettings(
        Duration gracePeriod,
        Duration reserve,
        @Nullable Duration beforeJobs,
        Duration drainDelay,
        @Nullable Integer haltExitCode,
        SignalSettings signals,
        Runnable deathDuringStart) {}
