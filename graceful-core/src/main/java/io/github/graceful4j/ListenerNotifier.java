package io.github.graceful4j;

import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.time.Deadline;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * Tells listeners what happens, each on a thread of its own, in the order of the events.
 *
 * <p>Thread-safe, as it is immutable and the executors are.
 */
final class ListenerNotifier {

    private final List<Channel> channels;
    private final ErrorLog errors;
    private final Logger logger;

    ListenerNotifier(List<ShutdownListener> listeners, ErrorLog errors, Logger logger) {
        this.channels = listeners.stream().map(Channel::new).toList();
        this.errors = errors;
        this.logger = logger;
    }

    void notify(Consumer<ShutdownListener> event) {
        channels.forEach(channel -> channel.executor.execute(() -> deliver(channel, event)));
    }

    private void deliver(Channel channel, Consumer<ShutdownListener> event) {
        try {
            event.accept(channel.listener);
        } catch (Throwable e) {
            errors.add(channel.name(), RecordedError.Source.LISTENER, e);
            logger.warn("Listener '{}' failed; it is told of what follows nevertheless", channel.name(), e);
        }
    }

    /** Waits until every listener has seen all events so far, and records those that have not at {@code deadline}. */
    void awaitDelivery(Deadline deadline) {
        List<CompletableFuture<Void>> markers = channels.stream()
                .map(channel -> CompletableFuture.runAsync(() -> {}, channel.executor))
                .toList();
        deadline.awaitUninterruptibly(CompletableFuture.allOf(markers.toArray(CompletableFuture<?>[]::new)));
        for (int i = 0; i < markers.size(); i++) {
            if (!markers.get(i).isDone()) {
                recordBlocked(channels.get(i).name());
            }
        }
    }

    private void recordBlocked(String name) {
        TimeoutException blocked = new TimeoutException("Listener '" + name + "' had not returned when time was up");
        errors.add(name, RecordedError.Source.LISTENER, blocked);
        logger.warn("Listener '{}' had not returned when time was up; it is not waited for any more", name);
    }

    /** Lets the threads end once they have nothing left to tell. */
    void close() {
        channels.forEach(channel -> channel.executor.shutdown());
    }

    private static final class Channel {

        private final ShutdownListener listener;
        private final ExecutorService executor;

        private Channel(ShutdownListener listener) {
            this.listener = listener;
            this.executor = Executors.newSingleThreadExecutor(
                    work -> JobThreads.platform().newThread("graceful-listener-" + name(), work));
        }

        private String name() {
            return listener.getClass().getName();
        }
    }
}
