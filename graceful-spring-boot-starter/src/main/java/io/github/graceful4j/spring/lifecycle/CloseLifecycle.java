package io.github.graceful4j.spring.lifecycle;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;

/**
 * Does something in its phase when the application context is closed, and only then: it takes no part in a pause or a
 * stop, and stays running until the close so that Spring stops it then even after the context was stopped before.
 *
 * <p>Nothing depends on this bean, or Spring would stop what does in this phase, too. Thread-safe: {@code running} is
 * volatile.
 */
final class CloseLifecycle implements SmartLifecycle {

    private final IntSupplier phase;
    private final ContextClose close;
    private final Supplier<? extends CompletableFuture<?>> work;
    private volatile boolean running = true;

    /**
     * Creates the lifecycle.
     *
     * @param phase tells the phase, and never throws: Spring would stop no bean at all
     * @param close whether the context is being closed for good
     * @param work begins what is to do, without waiting for it
     */
    CloseLifecycle(IntSupplier phase, ContextClose close, Supplier<? extends CompletableFuture<?>> work) {
        this.phase = phase;
        this.close = close;
        this.work = work;
    }

    @Override
    public int getPhase() {
        return phase.getAsInt();
    }

    /** There is nothing to start; so it does not matter whether it is there before the context starts. */
    @Override
    public void start() {}

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
        work.get().whenComplete((result, failure) -> {
            running = false;
            callback.run();
        });
    }

    @Override
    public void stop() {
        stop(() -> {});
    }
}
