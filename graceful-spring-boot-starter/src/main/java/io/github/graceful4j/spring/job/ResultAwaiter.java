package io.github.graceful4j.spring.job;

import io.github.graceful4j.job.JobContext;
import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/** Waits for what a job method returned, so that the job ends when its work does. Thread-safe. */
@FunctionalInterface
interface ResultAwaiter {

    /**
     * Waits for a result.
     *
     * @param result what the method returned
     * @param context the context of the job
     * @throws Exception what the result failed with
     */
    void await(@Nullable Object result, JobContext context) throws Exception;

    /** Returns what waits for the results of a method, or {@code null} if nothing can. */
    static @Nullable ResultAwaiter of(Method method) {
        Class<?> type = method.getReturnType();
        if (type == void.class) {
            return (result, context) -> {};
        }
        if (CompletionStage.class.isAssignableFrom(type)) {
            return new StageAwaiter();
        }
        ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
        return adapter == null ? null : new PublisherAwaiter(adapter);
    }
}
