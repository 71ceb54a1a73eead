package io.github.graceful4j.internal.job;

import io.github.graceful4j.internal.jvm.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Stages that are completed with one result, a stage of its own for everyone who asks. Each is completed on a thread of
 * its own: what hangs on it is foreign, and must hold up neither whoever has the result nor what hangs on the others.
 *
 * <p>Thread-safe: all state is guarded by {@code this}.
 *
 * @param <T> the type of the result
 */
public final class Stages<T> {

    private static final int SMALL = 16;

    private final @Nullable Guard guard;
    private int mostOpen = SMALL;
    private List<Stage<T>> open = new ArrayList<>(0);
    private @Nullable T result;

    /** Knows who may wait. */
    public interface Guard {

        /** Throws if the calling thread must not wait. */
        void checkWaitable();
    }

    /** Creates stages that any thread may wait for. */
    public Stages() {
        this(null);
    }

    /** Creates stages that only those may wait for whom a guard lets. */
    public Stages(@Nullable Guard guard) {
        this.guard = guard;
    }

    /** Returns a new stage, which nobody else has. */
    public synchronized CompletionStage<T> next() {
        Stage<T> stage = new Stage<>(guard);
        if (result == null) {
            forgetCompleted();
            open.add(stage);
        } else {
            stage.complete(result);
        }
        return stage;
    }

    /** Whoever has completed or cancelled a stage needs it no more; looks each time there are twice as many. */
    private void forgetCompleted() {
        if (open.size() >= mostOpen) {
            open.removeIf(CompletableFuture::isDone);
            mostOpen = Math.max(SMALL, 2 * open.size());
        }
    }

    /** Returns whether there is a result. */
    public synchronized boolean isComplete() {
        return result != null;
    }

    /** Completes all stages, unless that was done before; does not wait for what hangs on them. */
    public void complete(T newResult) {
        List<Stage<T>> told;
        synchronized (this) {
            if (result != null) {
                return;
            }
            result = newResult;
            told = open;
            open = new ArrayList<>(0);
        }
        for (Stage<T> stage : told) {
            Threads.runApart(new Completion<>(stage, newResult));
        }
    }

    private record Completion<T>(Stage<T> stage, T result) implements Runnable {

        @Override
        public void run() {
            stage.complete(result);
        }
    }

    /** A stage of which whatever is derived refuses to be waited for by the same threads. */
    private static final class Stage<T> extends CompletableFuture<T> {

        private final @Nullable Guard guard;

        private Stage(@Nullable Guard guard) {
            this.guard = guard;
        }

        private void check() {
            if (guard != null && !isDone()) {
                guard.checkWaitable();
            }
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new Stage<>(guard);
        }

        @Override
        public T join() {
            check();
            return super.join();
        }

        @Override
        public T get() throws InterruptedException, ExecutionException {
            check();
            return super.get();
        }

        @Override
        public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            check();
            return super.get(timeout, unit);
        }
    }
}
