package io.github.graceful4j.internal.observe;

import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.time.Deadline;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners what happens, each on a thread of its own, in the order of the events.
 *
 * <p>Thread-safe, as mailboxes are and {@code blocked} is volatile.
 */
final class Listeners {

    private final List<Channel> channels;
    private final ErrorLog errors;
    private final Log log;

    /**
     * Creates one that tells {@code listeners}.
     *
     * @param capacity how many events may wait for a listener that is behind
     */
    Listeners(List<ShutdownListener> listeners, IntSupplier capacity, ErrorLog errors, Log log) {
        this.channels = listeners.stream()
                .map(listener -> new Channel(listener, capacity))
                .toList();
        this.errors = errors;
        this.log = log;
    }

    boolean isEmpty() {
        return channels.isEmpty();
    }

    /** Tells of an event of which there may be very many; one that is far behind may miss it. */
    void tell(Consumer<ShutdownListener> event) {
        for (Channel channel : channels) {
            if (channel.hearsOfJobs) {
                channel.mailbox.post(() -> event.accept(channel.listener));
            }
        }
    }

    /** Tells of an event that nobody may miss. */
    void tellAlways(Consumer<ShutdownListener> event) {
        channels.forEach(channel -> channel.mailbox.postAlways(() -> event.accept(channel.listener)));
    }

    private void recordFailure(Channel channel, Throwable thrown) {
        errors.add(channel.name(), RecordedError.Source.LISTENER, thrown);
        log.warn("Listener '{}' failed; it is told of what follows nevertheless", channel.name(), thrown);
    }

    /**
     * Waits until every listener has seen all events so far, and records those that have not at {@code deadline}, and
     * how many events a listener missed. Those that are late are not waited for again.
     */
    void awaitDelivery(Deadline deadline) {
        Map<Channel, CompletableFuture<@Nullable Void>> markers = new LinkedHashMap<>();
        channels.stream()
                .filter(channel -> !channel.blocked)
                .forEach(channel -> markers.put(channel, channel.mailbox.marker()));
        markers.forEach((channel, marker) -> {
            if (!marker.isDone() && !deadline.awaitUninterruptibly(marker)) {
                channel.blocked = true;
                recordBlocked(channel.name());
            }
        });
        channels.forEach(this::recordLost);
    }

    /** The shutdown is over. */
    void close() {
        channels.forEach(channel -> channel.mailbox.close());
    }

    private void recordBlocked(String name) {
        TimeoutException blocked = new TimeoutException("Listener '" + name + "' had not returned when time was up");
        errors.add(name, RecordedError.Source.LISTENER, blocked);
        log.warn("Listener '{}' had not returned when time was up; it is not waited for any more", name);
    }

    private void recordLost(Channel channel) {
        long lost = channel.mailbox.takeLost();
        if (lost > 0) {
            String problem = "Listener '" + channel.name() + "' was so far behind that it missed " + lost + " events";
            errors.add(channel.name(), RecordedError.Source.LISTENER, new RejectedExecutionException(problem));
            log.warn("{}", problem);
        }
    }

    private final class Channel {

        private final ShutdownListener listener;
        private final Mailbox mailbox;
        private final boolean hearsOfJobs;
        private volatile boolean blocked;

        private Channel(ShutdownListener listener, IntSupplier capacity) {
            this.listener = listener;
            this.hearsOfJobs = hearsOfJobs(listener.getClass());
            this.mailbox = new Mailbox(
                    "graceful-listener-" + name(),
                    listener.getClass().getClassLoader(),
                    capacity,
                    thrown -> recordFailure(this, thrown));
        }

        /** Of jobs there may be very many, and some listeners only want to know of the shutdown. */
        private static boolean hearsOfJobs(Class<?> type) {
            for (Method method : type.getMethods()) {
                if (method.getName().startsWith("job") && method.getDeclaringClass() != ShutdownListener.class) {
                    return true;
                }
            }
            return false;
        }

        private String name() {
            return listener.getClass().getName();
        }
    }
}
