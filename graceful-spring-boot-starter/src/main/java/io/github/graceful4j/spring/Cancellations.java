package io.github.graceful4j.spring;

import io.github.graceful4j.job.CancellationCallback;
import io.github.graceful4j.job.JobContext;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The cancellation of a job, for reactive types that would never complete by themselves. They take up nothing more
 * then, and what is under way in them still ends:
 *
 * <pre>{@code
 * @RunningJob
 * Flux<Receipt> settle(JobContext context) {
 *     return orders.takeUntilOther(Cancellations.of(context)).concatMap(this::settle);
 * }
 * }</pre>
 *
 * <p>Needs Reactive Streams on the class path, which each reactive library brings along.
 */
public final class Cancellations {

    private Cancellations() {}

    /**
     * Returns what emits {@code true} and completes once a job is cancelled; at once, if it is.
     *
     * @param context the context of the job
     * @return a publisher for any number of subscribers, on any thread
     */
    public static Publisher<Boolean> of(JobContext context) {
        return subscriber -> {
            Delivery delivery = new Delivery(subscriber);
            subscriber.onSubscribe(delivery);
            delivery.await(context);
        };
    }

    /**
     * Emits when the job is cancelled and the subscriber has asked for an element, whichever comes last. Thread-safe:
     * what has happened is in one atomic number.
     */
    private static final class Delivery implements Subscription, Runnable {

        private static final int CANCELLED = 1;
        private static final int REQUESTED = 2;
        private static final int OVER = 4;

        private final Subscriber<? super Boolean> subscriber;
        private final AtomicInteger happened = new AtomicInteger();
        private volatile @Nullable CancellationCallback callback;

        private Delivery(Subscriber<? super Boolean> subscriber) {
            this.subscriber = subscriber;
        }

        private void await(JobContext context) {
            CancellationCallback registered = context.onCancel(this);
            callback = registered;
            if ((happened.get() & OVER) != 0) {
                registered.remove();
            }
        }

        /** The job is cancelled. */
        @Override
        public void run() {
            happens(CANCELLED);
        }

        @Override
        public void request(long elements) {
            if (elements > 0) {
                happens(REQUESTED);
            } else if (end()) {
                subscriber.onError(new IllegalArgumentException(
                        "Can't emit a cancellation: the number of elements that are asked for must be positive, not "
                                + elements));
            }
        }

        private void happens(int what) {
            int now = happened.accumulateAndGet(what, (before, added) -> before | added);
            if (now == (CANCELLED | REQUESTED) && end()) {
                subscriber.onNext(true);
                subscriber.onComplete();
            }
        }

        @Override
        public void cancel() {
            end();
        }

        /** Returns whether this call ended it. */
        private boolean end() {
            boolean first = (happened.getAndAccumulate(OVER, (before, added) -> before | added) & OVER) == 0;
            CancellationCallback registered = callback;
            if (first && registered != null) {
                registered.remove();
            }
            return first;
        }
    }
}
