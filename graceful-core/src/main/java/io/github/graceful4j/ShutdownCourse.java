package io.github.graceful4j;

import io.github.graceful4j.report.PhaseResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a shutdown has done so far, for the report at its end and for whoever asks in between.
 *
 * <p>Thread-safe: all state is guarded by {@code this}, which nobody holds for long, least of all while phases stop.
 */
final class ShutdownCourse {

    private final List<PhaseResult> phases = new ArrayList<>();
    private Duration drained = Duration.ZERO;
    private OptionalLong drainBegan = OptionalLong.empty();

    synchronized void drainBegan(long tick) {
        drainBegan = OptionalLong.of(tick);
    }

    synchronized void drainEnded(long tick) {
        drained = drain(tick);
        drainBegan = OptionalLong.empty();
    }

    synchronized void stopped(PhaseResult phase) {
        phases.add(phase);
    }

    /** Returns for how long nothing was stopped yet. */
    synchronized Duration drain(long now) {
        return drainBegan.isEmpty() ? drained : drained.plusNanos(now - drainBegan.getAsLong());
    }

    /** Returns the phases that have stopped, in the order in which they did. */
    synchronized List<PhaseResult> phases() {
        return List.copyOf(phases);
    }
}
