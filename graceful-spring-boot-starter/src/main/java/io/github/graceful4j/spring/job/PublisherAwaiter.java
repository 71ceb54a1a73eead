package io.github.graceful4j.spring.job;

import io.github.graceful4j.job.JobContext;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.springframework.core.ReactiveAdapter;

/**
 * Subscribes to a reactive type and waits until it is complete. To cancel a subscription cuts whatever is under way in
 * it, and nobody can tell whether something is; so that is done only where a thread is interrupted. What never
 * completes by itself hears of the cancellation as any job does. Thread-safe, as it is immutable.
 */
final class PublisherAwaiter implements ResultAwaiter {

    private final ReactiveAdapter adapter;

    PublisherAwaiter(ReactiveAdapter adapter) {
        this.adapter = adapter;
    }

    @Override
    public void await(@Nullable Object result, JobContext context) throws Exception {
        if (result == null) {
            return;
        }
        Completion completion = new Completion();
        adapter.toPublisher(result).subscribe(completion);
        try {
            StageAwaiter.await(completion.end);
        } catch (InterruptedException e) {
            completion.cancel();
            throw e;
        }
    }

    /** The subscription is volatile: who subscribes may hand it over on another thread. */
    private static final class Completion implements Subscriber<Object> {

        private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        private volatile @Nullable Subscription subscription;

        @Override
        public void onSubscribe(Subscription subscription) {
            this.subscription = subscription;
            if (end.isCancelled()) {
                subscription.cancel();
            } else {
                subscription.request(Long.MAX_VALUE);
            }
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

        /** One that comes only now is cancelled as it comes. */
        private void cancel() {
            end.cancel(false);
            Subscription known = subscription;
            if (known != null) {
                known.cancel();
            }
        }
    }
}
