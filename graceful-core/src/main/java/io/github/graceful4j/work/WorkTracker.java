package io.github.graceful4j.work;

import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Admits and counts units of work, such as messages or requests, and refuses them once it drains.
 *
 * <pre>{@code
 * try (UnitOfWork work = tracker.enter()) {
 *     handle(message);
 * }
 * }</pre>
 *
 * <p>Thread-safe, and without a lock on the way in and out. A unit is counted first and looks at {@code draining} then;
 * who drains sets {@code draining} first and looks at the count then. All of these are volatile, so at least one of the
 * two sees the other: a unit that was admitted is waited for.
 */
public final class WorkTracker {

    private final InFlight inFlight = new InFlight();
    private final LongAdder refused = new LongAdder();
    private final Queue<CompletableFuture<@Nullable Void>> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean draining;
    private volatile boolean drained;

    private final Executor telling;

    /** Creates a tracker that admits everything until it drains. */
    public WorkTracker() {
        this(WorkTracker::onThreadOfItsOwn);
    }

    /** Creates one that completes futures with {@code telling}; a model check can't do with threads that come late. */
    WorkTracker(Executor telling) {
        this.telling = telling;
    }

    /**
     * Admits a unit of work.
     *
     * @return the unit, to be closed when the work is over
     * @throws WorkRefusedException if draining has begun
     */
    public UnitOfWork enter() {
        UnitOfWork unit = tryEnter();
        if (unit == null) {
            throw new WorkRefusedException();
        }
        return unit;
    }

    /**
     * Admits a unit of work, unless draining has begun.
     *
     * @return the unit, to be closed when the work is over; {@code null} if it was refused
     */
    public @Nullable UnitOfWork tryEnter() {
        int cell = inFlight.enter();
        UnitOfWork unit = InFlight.isSlot(cell) ? new Placed(cell, inFlight.mark(cell)) : new Counted(cell);
        if (draining) {
            unit.close();
            refused.increment();
            return null;
        }
        return unit;
    }

    private void left() {
        if (draining) {
            completeIfEmpty();
        }
    }

    private void completeIfEmpty() {
        if (drained || !inFlight.isEmpty()) {
            return;
        }
        drained = true;
        completeWaiting();
    }

    private void completeWaiting() {
        for (CompletableFuture<@Nullable Void> told = waiting.poll(); told != null; told = waiting.poll()) {
            CompletableFuture<@Nullable Void> completed = told;
            telling.execute(() -> completed.complete(null));
        }
    }

    /** What hangs on a future is foreign, and must hold up neither who left last nor who waits for the same. */
    private static void onThreadOfItsOwn(Runnable completion) {
        try {
            Thread thread = new Thread(null, completion, "graceful-drained", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(WorkTracker.class.getClassLoader());
            thread.start();
        } catch (OutOfMemoryError e) {
            completion.run();
        }
    }

    /**
     * Returns an action that is a unit of work while it runs.
     *
     * @param action what to do
     * @return an action that throws {@link WorkRefusedException} instead of running once draining has begun
     */
    @SuppressWarnings("try") // the unit is only there to be closed
    public Runnable wrap(Runnable action) {
        return () -> {
            try (UnitOfWork unit = enter()) {
                action.run();
            }
        };
    }

    /**
     * Returns an action that is a unit of work while it runs.
     *
     * @param action what to do
     * @param <T> what it returns
     * @return an action that throws {@link WorkRefusedException} instead of running once draining has begun
     */
    @SuppressWarnings("try") // the unit is only there to be closed
    public <T extends @Nullable Object> Callable<T> wrap(Callable<T> action) {
        return () -> {
            try (UnitOfWork unit = enter()) {
                return action.call();
            }
        };
    }

    /**
     * Returns an executor whose tasks are units of work from the moment they are handed in until they have run, so that
     * none is lost in a queue.
     *
     * @param executor what runs the tasks
     * @return an executor that throws {@link WorkRefusedException} instead of taking a task once draining has begun
     */
    public Executor wrap(Executor executor) {
        return task -> {
            UnitOfWork unit = enter();
            try {
                executor.execute(() -> {
                    try (unit) {
                        task.run();
                    }
                });
            } catch (Throwable e) {
                unit.close();
                throw e;
            }
        };
    }

    /**
     * Refuses new units of work from now on.
     *
     * @return completes, never exceptionally, when none is in flight any more; one of its own for each caller,
     *     completed on a thread which nothing waits for
     */
    public CompletableFuture<@Nullable Void> drain() {
        draining = true;
        completeIfEmpty();
        if (drained) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<@Nullable Void> told = new CompletableFuture<>();
        waiting.add(told);
        // The last may have left before it was there.
        if (drained) {
            completeWaiting();
        }
        return told;
    }

    /** Returns whether draining has begun. */
    public boolean isDraining() {
        return draining;
    }

    /** Returns how many units of work are in flight; exact only while none enters or leaves. */
    public long inFlight() {
        return inFlight.count();
    }

    /** Returns how many units of work were refused. */
    public long refused() {
        return refused.sum();
    }

    /** A unit with a slot of its own, which tells whether it has left. */
    private final class Placed implements UnitOfWork {

        private final int slot;
        private final long mark;

        private Placed(int slot, long mark) {
            this.slot = slot;
            this.mark = mark;
        }

        @Override
        public void close() {
            if (inFlight.leave(slot, mark)) {
                left();
            }
        }
    }

    /** A unit that is only counted, down once. */
    @SuppressWarnings("serial") // never written: it is only an AtomicBoolean to save the field
    private final class Counted extends AtomicBoolean implements UnitOfWork {

        private final int count;

        private Counted(int count) {
            this.count = count;
        }

        @Override
        public void close() {
            if (compareAndSet(false, true)) {
                inFlight.leave(count);
                left();
            }
        }
    }
}
