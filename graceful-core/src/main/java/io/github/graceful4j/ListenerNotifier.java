package io.github.graceful4j;

import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.time.Deadline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners what happens, each on a thread of its own, in the order of the events.
 *
 * <p>Thread-safe, as the executors are and {@code blocked} is volatile.
 */
final class ListenerNotifier {

    private final ShutdownListener direct;
    private final List<Channel> channels;
    private final ErrorLog errors;
    private final SafeLogger logger;

    /** Creates one that tells {@code direct}, which is of this library and quick, on the thread of the event. */
    ListenerNotifier(ShutdownListener direct, List<ShutdownListener> listeners, ErrorLog errors, SafeLogger logger) {
        this.direct = direct;
        this.channels = listeners.stream().map(Channel::new).toList();
        this.errors = errors;
        this.logger = logger;
    }

    void notify(Consumer<ShutdownListener> event) {
        event.accept(direct);
        channels.forEach(channel -> tell(channel, () -> deliver(channel, event)));
    }

    /** Has work done on a listener's thread; if it has none, that must not be a problem for anybody else. */
    private void tell(Channel channel, Runnable work) {
        try {
            channel.executor.execute(work);
        } catch (Throwable e) {
            recordFailure(channel, e);
        }
    }

    private void deliver(Channel channel, Consumer<ShutdownListener> event) {
        try {
            event.accept(channel.listener);
        } catch (Throwable e) {
            recordFailure(channel, e);
        }
    }

    private void recordFailure(Channel channel, Throwable thrown) {
        errors.add(channel.name(), RecordedError.Source.LISTENER, thrown);
        logger.warn("Listener '{}' failed; it is told of what follows nevertheless", channel.name(), thrown);
    }

    /**
     * Waits until every listener has seen all events so far, and records those that have not at {@code deadline}. Those
     * are not waited for again.
     */
    void awaitDelivery(Deadline deadline) {
        Map<Channel, CompletableFuture<@Nullable Void>> markers = new LinkedHashMap<>();
        for (Channel channel : channels) {
            if (!channel.blocked) {
                CompletableFuture<@Nullable Void> marker = new CompletableFuture<>();
                markers.put(channel, marker);
                tell(channel, () -> marker.complete(null));
            }
        }
        deadline.awaitUninterruptibly(CompletableFuture.allOf(markers.values().toArray(CompletableFuture<?>[]::new)));
        markers.forEach((channel, marker) -> {
            if (!marker.isDone()) {
                channel.blocked = true;
                recordBlocked(channel.name());
            }
        });
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
        private volatile boolean blocked;

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
