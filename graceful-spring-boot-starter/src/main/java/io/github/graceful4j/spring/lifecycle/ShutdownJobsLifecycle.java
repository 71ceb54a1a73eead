package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.PhaseControl;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the shutdown jobs of one phase when the application context is closed, and only then: it takes no part in a
 * pause or a stop, and stays running until the close so that Spring stops it then even after the context was stopped
 * before.
 *
 * <p>Nothing depends on this bean, or Spring would stop what does in this phase, too. Thread-safe: {@code running} is
 * volatile.
 */
final class ShutdownJobsLifecycle implements SmartLifecycle {

    private final int phase;
    private final PhaseControl control;
    private final ContextClose close;
    private volatile boolean running;

    ShutdownJobsLifecycle(int phase, PhaseControl control, ContextClose close) {
        this.phase = phase;
        this.control = control;
        this.close = close;
    }

    @Override
    public int getPhase() {
        return phase;
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
        control.stop(phase).whenComplete((nothing, failure) -> {
            running = false;
            callback.run();
        });
    }

    @Override
    public void stop() {
        stop(() -> {});
    }
}
