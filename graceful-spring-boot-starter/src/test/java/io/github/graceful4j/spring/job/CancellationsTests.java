package io.github.graceful4j.spring.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.spring.Cancellations;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** The rules of Reactive Streams, and that nothing is kept of who does not listen any more. */
@Timeout(60)
class CancellationsTests {

    private final GracefulManager manager = GracefulManager.create();
    private final JobContext context = manager.shutdownContext();
    private final Recording recording = new Recording();

    @AfterEach
    void close() {
        manager.close();
    }

    private void cancel() throws InterruptedException {
        CompletableFuture<Void> heard = new CompletableFuture<>();
        context.onCancel(() -> heard.complete(null));
        manager.shutdown(ShutdownReason.requested("test"));
        heard.join();
    }

    @Test
    @DisplayName("S26: a cancellation is emitted once, when it has come and somebody asked for it")
    void emitsOnce() throws InterruptedException {
        Cancellations.of(context).subscribe(recording);
        recording.subscription().request(Long.MAX_VALUE);
        recording.subscription().request(1);
        assertThat(recording.events).isEmpty();

        cancel();

        recording.completed.join();
        assertThat(recording.events).containsExactly("true", "complete");
    }

    @Test
    @DisplayName("S26: a cancellation that has come waits to be asked for")
    void waitsForDemand() throws InterruptedException {
        cancel();
        Cancellations.of(context).subscribe(recording);
        assertThat(recording.events).isEmpty();

        recording.subscription().request(1);

        assertThat(recording.events).containsExactly("true", "complete");
    }

    @Test
    @DisplayName("S26: who does not listen any more hears nothing")
    void cancelledSubscription() throws InterruptedException {
        Cancellations.of(context).subscribe(recording);
        recording.subscription().request(1);
        recording.subscription().cancel();
        recording.subscription().cancel();

        cancel();
        recording.subscription().request(1);

        assertThat(recording.events).isEmpty();
    }

    @Test
    @DisplayName("S26: to ask for nothing is an error that says so")
    void badDemand() throws InterruptedException {
        Cancellations.of(context).subscribe(recording);

        recording.subscription().request(0);
        cancel();

        assertThat(recording.events)
                .containsExactly(
                        "Can't emit a cancellation: the number of elements that are asked for must be positive,"
                                + " not 0");
    }

    private static final class Recording implements Subscriber<Boolean> {

        private final List<String> events = new CopyOnWriteArrayList<>();
        private final CompletableFuture<@Nullable Void> completed = new CompletableFuture<>();
        private volatile @Nullable Subscription subscription;

        private Subscription subscription() {
            return Objects.requireNonNull(subscription);
        }

        @Override
        public void onSubscribe(Subscription begun) {
            subscription = begun;
        }

        @Override
        public void onNext(Boolean cancelled) {
            events.add(cancelled.toString());
        }

        @Override
        public void onError(Throwable thrown) {
            events.add(String.valueOf(thrown.getMessage()));
        }

        @Override
        public void onComplete() {
            events.add("complete");
            completed.complete(null);
        }
    }
}
