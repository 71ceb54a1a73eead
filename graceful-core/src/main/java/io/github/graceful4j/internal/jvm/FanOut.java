package io.github.graceful4j.internal.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

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
     * Does {@code action} to each of so many, by their numbers from zero, and returns when that is done. One for which
     * it throws does not keep the others from their turn.
     *
     * @param count how many there are
     * @param action what to do
     * @param failed what to do with what {@code action} threw; does not throw itself
     */
    public void forEach(int count, IntConsumer action, Consumer<? super Throwable> failed) {
        forEach(count, action, failed, Threads.own());
    }

    void forEach(int count, IntConsumer action, Consumer<? super Throwable> failed, Threads threads) {
        int parts = count > threshold ? width : 1;
        List<CompletableFuture<Void>> others = new ArrayList<>(0);
        for (int part = 1; part < parts; part++) {
            others.add(elsewhere(part(count, part, parts, action, failed), threads));
        }
        part(count, 0, parts, action, failed).run();
        for (CompletableFuture<Void> other : others) {
            other.join();
        }
    }

    private static Part part(int count, int part, int parts, IntConsumer action, Consumer<? super Throwable> failed) {
        int from = (int) ((long) count * part / parts);
        return new Part(from, (int) ((long) count * (part + 1) / parts), action, failed);
    }

    private static CompletableFuture<Void> elsewhere(Part part, Threads threads) {
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
    private record Part(int from, int to, IntConsumer action, Consumer<? super Throwable> failed) implements Runnable {

        @Override
        public void run() {
            for (int i = from; i < to; i++) {
                try {
                    action.accept(i);
                } catch (Throwable e) {
                    failed.accept(e);
                }
            }
        }
    }
}
