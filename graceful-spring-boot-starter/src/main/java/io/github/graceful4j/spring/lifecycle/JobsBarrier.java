package io.github.graceful4j.spring.lifecycle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;

/**
 * Holds up the close in the phase below one with jobs until these have ended, where the lifecycle processor is not
 * ours: it gives up a phase when its own time for that is over, and would go on while jobs still work.
 *
 * <p>Nothing depends on this bean. Thread-safe: {@code running} is volatile.
 */
final class JobsBarrier implements SmartLifecycle {

    private final int phase;
    private final ContextClose close;
    private final Supplier<? extends CompletableFuture<?>> jobs;
    private final LongSupplier atMost;
    private volatile boolean running = true;

    /**
     * Creates a barrier.
     *
     * @param phase its own phase
     * @param close whether the context is being closed for good
     * @param jobs has the jobs above stopped, and completes when they are
     * @param atMost tells how many milliseconds that may take
     */
    JobsBarrier(int phase, ContextClose close, Supplier<? extends CompletableFuture<?>> jobs, LongSupplier atMost) {
        this.phase = phase;
        this.close = close;
        this.jobs = jobs;
        this.atMost = atMost;
    }

    @Override
    public int getPhase() {
        return phase;
    }

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

    /** Waits on the thread that closes the context, which is what Spring has no time limit for. */
    @Override
    public void stop() {
        if (close.isUnderWay()) {
            try {
                jobs.get().get(atMost.getAsLong(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // The jobs keep their time themselves, and say what became of them.
            }
            running = false;
        }
    }
}
