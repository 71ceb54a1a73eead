package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.PhaseControl;
import java.util.SortedSet;
import org.springframework.context.SmartLifecycle;

/**
 * Ends the shutdown after the last phase that has a job.
 *
 * <p>Nothing depends on this bean, or Spring would stop what does in this phase, too. Thread-safe: {@code running} is
 * volatile.
 */
final class ShutdownFinisher implements SmartLifecycle {

    /** Above the phases of loggers and connection pools, below those of everything that works. */
    private static final int HIGHEST_PHASE = 2;

    private final PhaseControl control;
    private final ContextClose close;
    private volatile boolean running;

    ShutdownFinisher(PhaseControl control, ContextClose close) {
        this.control = control;
        this.close = close;
    }

    @Override
    public int getPhase() {
        SortedSet<Integer> phases = control.phases();
        long belowAll = phases.isEmpty() ? HIGHEST_PHASE : phases.last() - 1L;
        return (int) Math.max(Integer.MIN_VALUE, Math.min(HIGHEST_PHASE, belowAll));
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    // Spring Framework has this method from 7.0 on; with @Override this would not compile with 6.2.
    @SuppressWarnings("MissingOverride")
    public boolean isPauseable() {
        return false;
    }

    @Override
    public void stop(Runnable callback) {
        if (!close.isUnderWay()) {
            callback.run();
            return;
        }
        control.finish().whenComplete((report, failure) -> {
            running = false;
            callback.run();
        });
    }

    @Override
    public void stop() {
        stop(() -> {});
    }
}
