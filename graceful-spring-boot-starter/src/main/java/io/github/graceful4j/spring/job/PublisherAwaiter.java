package io.github.graceful4j.spring.job;

import io.github.graceful4j.job.JobContext;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.springframework.core.ReactiveAdapter;

/**
 * Subscribes to a reactive type and waits until it is complete. Cancelling the job cancels the subscription, which is
 * how a publisher that never completes by itself is told to end. Thread-safe, as it is immutable.
 */
final class PublisherAwaiter implements ResultAwaiter {

    private final ReactiveAdapter adapter;

    PublisherAwaiter(ReactiveAdapter adapter) {
        this.adapter = adapter;
    }

    @Override
    public void await(@Nullable Object result, JobContext context) throws Exception {
        if (result != null) {
            Completion completion = new Completion(context);
            adapter.toPublisher(result).subscribe(completion);
            StageAwaiter.await(completion.end);
        }
    }

    private static final class Completion implements Subscriber<Object> {

        private final JobContext context;
        private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

        private Completion(JobContext context) {
            this.context = context;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            context.onCancel(() -> {
                subscription.cancel();
                end.complete(null);
            });
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Object element) {
            // What it emits is nobody's business; the work is done upstream.
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }
    }
}
