package io.github.graceful4j;

import io.github.graceful4j.report.ShutdownReport;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The future that everyone who asks for the end of a shutdown shares. Only the manager completes it, so nobody can
 * change the outcome for the others; and a job that waits for it is told instead of waiting for itself.
 *
 * <p>Thread-safe, as its superclass is.
 */
final class ShutdownFuture extends CompletableFuture<ShutdownReport> {

    private final Supplier<@Nullable String> waitingJob;
    private final Set<Thread> waiters = ConcurrentHashMap.newKeySet();

    /** Creates a future whose {@code waitingJob} tells the name of the job on the current thread, if there is one. */
    ShutdownFuture(Supplier<@Nullable String> waitingJob) {
        this.waitingJob = waitingJob;
    }

    void finish(ShutdownReport report) {
        super.complete(report);
    }

    /**
     * Throws if the calling thread is that of a job.
     *
     * @throws IllegalStateException if it is
     */
    void checkWaitable() {
        String job = isDone() ? null : waitingJob.get();
        if (job != null) {
            throw new IllegalStateException("Can't wait for the end of the shutdown in job '" + job
                    + "': the shutdown itself waits for that job to end; return from the job instead");
        }
    }

    /** Notes that the calling thread waits for the end, and may have something to do afterwards. */
    void addWaiter() {
        waiters.add(Thread.currentThread());
    }

    /**
     * Waits until the threads that waited for the end have ended themselves, so that the JVM does not exit under what
     * they do afterwards; in real time, as the JVM's exit is real.
     *
     * @param atMost how long to wait for all of them together
     */
    void joinWaiters(Duration atMost) {
        long limit = System.nanoTime() + atMost.toNanos();
        try {
            for (Thread waiter : waiters) {
                TimeUnit.NANOSECONDS.timedJoin(waiter, limit - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public ShutdownReport join() {
        checkWaitable();
        addWaiter();
        return super.join();
    }

    @Override
    public ShutdownReport get() throws InterruptedException, ExecutionException {
        checkWaitable();
        addWaiter();
        try {
            return super.get();
        } catch (InterruptedException e) {
            waiters.remove(Thread.currentThread());
            throw e;
        }
    }

    @Override
    public ShutdownReport get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        checkWaitable();
        addWaiter();
        try {
            return super.get(timeout, unit);
        } catch (InterruptedException | TimeoutException e) {
            waiters.remove(Thread.currentThread());
            throw e;
        }
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    @Override
    public boolean complete(ShutdownReport value) {
        return false;
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return false;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return false;
    }

    @Override
    public CompletableFuture<ShutdownReport> orTimeout(long timeout, TimeUnit unit) {
        return copy().orTimeout(timeout, unit);
    }

    @Override
    public CompletableFuture<ShutdownReport> completeOnTimeout(ShutdownReport value, long timeout, TimeUnit unit) {
        return copy().completeOnTimeout(value, timeout, unit);
    }

    @Override
    public CompletableFuture<ShutdownReport> completeAsync(Supplier<? extends ShutdownReport> supplier) {
        throw unsupported();
    }

    @Override
    public CompletableFuture<ShutdownReport> completeAsync(
            Supplier<? extends ShutdownReport> supplier, Executor executor) {
        throw unsupported();
    }

    @Override
    public void obtrudeValue(ShutdownReport value) {
        throw unsupported();
    }

    @Override
    public void obtrudeException(Throwable failure) {
        throw unsupported();
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException(
                "Can't complete this future: only the manager does, when the shutdown is over (use copy() for one of"
                        + " your own)");
    }
}
