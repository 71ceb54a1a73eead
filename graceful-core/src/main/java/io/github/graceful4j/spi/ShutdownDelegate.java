package io.github.graceful4j.spi;

import io.github.graceful4j.report.ShutdownReason;

/**
 * A framework that stops the phases of a manager itself, among phases of its own. Set with
 * {@code GracefulManagerBuilder.delegate}. Thread-safe.
 */
@FunctionalInterface
public interface ShutdownDelegate {

    /**
     * A shutdown was requested, and not by the framework itself: it now goes on through a {@link PhaseControl}. Called
     * once, on a thread of its own. One that throws, or has not ended the shutdown at the deadline, leaves what is left
     * to the manager.
     *
     * @param reason who asked for it, and why
     */
    void shutdownRequested(ShutdownReason reason);
}
