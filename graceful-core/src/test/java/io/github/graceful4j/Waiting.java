package io.github.graceful4j;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Ways for a test to meet other threads, each with a generous limit as a net. */
public final class Waiting {

    private static final long LIMIT_SECONDS = 30;

    private Waiting() {}

    /** Waits for what a future is completed with. */
    public static <T extends @Nullable Object> T forResult(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("No result", e);
        }
    }

    /** Waits until a latch is open. */
    public static void forLatch(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("The latch was not opened");
        }
    }

    /** Looks again and again until a condition is true. */
    public static void until(BooleanSupplier condition) {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - limit > 0) {
                throw new AssertionError("The condition never came true");
            }
            Thread.onSpinWait();
        }
    }

    /** Waits for a stage; see {@link #forResult(CompletableFuture)}. */
    public static <T> T forResult(CompletionStage<T> stage) throws InterruptedException {
        return forResult(stage.toCompletableFuture());
    }
}
