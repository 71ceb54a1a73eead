package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.spi.PhaseControl;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the running jobs of one phase with the application context, also when it is only paused or stopped
 * to be started again. When it is closed, the shutdown jobs of the phase are run as well.
 *
 * <p>Nothing depends on this bean, or Spring would stop what does in this phase, too. Thread-safe: {@code running} is
 * volatile.
 */
final class RunningJobsLifecycle implements SmartLifecycle {

    private final int phase;
    private final int startUpTo;
    private final PhaseControl control;
    private final ContextClose close;
    private final BooleanSupplier mayStart;
    private volatile boolean running;

    /**
     * Creates the lifecycle of a phase.
     *
     * @param startUpTo the phase up to which jobs are started with this one
     * @param close whether the context is being closed for good
     * @param mayStart whether jobs are started with the context
     */
    RunningJobsLifecycle(int phase, int startUpTo, PhaseControl control, ContextClose close, BooleanSupplier mayStart) {
        this.phase = phase;
        this.startUpTo = startUpTo;
        this.control = control;
        this.close = close;
        this.mayStart = mayStart;
    }

    @Override
    public int getPhase() {
        return phase;
    }

    /** Takes part in the stop of the context from now on, also with no job that it has started. */
    @Override
    public void start() {
        if (mayStart.getAsBoolean()) {
            control.start(startUpTo);
        }
        running = true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void stop(Runnable callback) {
        CompletableFuture<@Nullable Void> stopped = close.isUnderWay() ? control.stop(phase) : control.pause(phase);
        stopped.whenComplete((nothing, failure) -> {
            running = false;
            callback.run();
        });
    }

    @Override
    public void stop() {
        stop(() -> {});
    }
}
