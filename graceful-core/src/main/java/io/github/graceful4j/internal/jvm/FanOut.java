package io.github.graceful4j.internal.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Does the same to each of many, on several threads if they are so many that one would take long: waking up a thread
 * takes longer than anything else that a cancellation does. Immutable and thread-safe.
 *
 * @param threshold up to how many the calling thread does alone
 * @param width how many threads share in the work at most, the calling one included
 */
public record FanOut(int threshold, int width) {

    private static final int MANY = 1_000;
    private static final int MAX_WIDTH = 8;

    /** Returns one that suits this machine. */
    public static FanOut system() {
        return new FanOut(MANY, Math.min(MAX_WIDTH, Runtime.getRuntime().availableProcessors()));
    }

    /**
     * Does {@code action} to each of {@code all}, and returns when that is done. One for which it throws does not keep
     * the others from their turn.
     *
     * @param all what to do it to
     * @param action what to do
     * @param failed what to do with what {@code action} threw; does not throw itself
     */
    public <T> void forEach(List<T> all, Consumer<? super T> action, Consumer<? super Throwable> failed) {
        forEach(all, action, failed, Threads.own());
    }

    <T> void forEach(List<T> all, Consumer<? super T> action, Consumer<? super Throwable> failed, Threads threads) {
        int parts = all.size() > threshold ? width : 1;
        List<CompletableFuture<Void>> others = new ArrayList<>(0);
        for (int part = 1; part < parts; part++) {
            others.add(elsewhere(new Part<>(part(all, part, parts), action, failed), threads));
        }
        new Part<>(part(all, 0, parts), action, failed).run();
        for (CompletableFuture<Void> other : others) {
            other.join();
        }
    }

    private static <T> List<T> part(List<T> all, int part, int parts) {
        int size = all.size();
        return all.subList((int) ((long) size * part / parts), (int) ((long) size * (part + 1) / parts));
    }

    private static CompletableFuture<Void> elsewhere(Part<?> part, Threads threads) {
        try {
            return CompletableFuture.runAsync(
                    part, work -> threads.newThread("graceful-fan-out", work).start());
        } catch (OutOfMemoryError e) {
            // It is how Java says that there can't be another thread; then this one does it alone.
            part.run();
            return CompletableFuture.completedFuture(null);
        }
    }

    /** What one thread does. */
    private record Part<T>(List<T> all, Consumer<? super T> action, Consumer<? super Throwable> failed)
            implements Runnable {

        @Override
        public void run() {
            for (T one : all) {
                try {
                    action.accept(one);
                } catch (Throwable e) {
                    failed.accept(e);
                }
            }
        }
    }
}
