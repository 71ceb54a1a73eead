package io.github.graceful4j.spring.lifecycle;

import java.time.Duration;

/**
 * Where the jobs stand among the phases of an application context.
 *
 * @param runningPhase the default phase of running jobs
 * @param shutdownPhase the default phase of shutdown jobs
 * @param reserve how much of the grace period phases without jobs leave for shutdown jobs
 * @param timeoutPerPhase how long Spring waits for each phase by itself
 */
public record PhaseSettings(int runningPhase, int shutdownPhase, Duration reserve, Duration timeoutPerPhase) {}
