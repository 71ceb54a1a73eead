package io.github.graceful4j.spring.job;

import io.github.graceful4j.job.JobContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a stage. It is not cancelled with the job: that would end the waiting, and not the work. Thread-safe, as it
 * is stateless.
 */
final class StageAwaiter implements ResultAwaiter {

    @Override
    public void await(@Nullable Object result, JobContext context) throws Exception {
        if (result instanceof CompletionStage<?> stage) {
            CompletableFuture<@Nullable Object> end = new CompletableFuture<>();
            stage.whenComplete((value, failure) -> {
                if (failure == null) {
                    end.complete(value);
                } else {
                    end.completeExceptionally(failure);
                }
            });
            await(end);
        }
    }

    /** Waits for a future, and throws what it failed with instead of a wrapper. */
    static void await(CompletableFuture<?> future) throws Exception {
        try {
            future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            if (cause instanceof Exception exception) {
                throw exception;
            }
            throw e;
        }
    }
}
