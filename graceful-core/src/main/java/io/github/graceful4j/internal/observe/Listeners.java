package io.github.graceful4j.internal.observe;

import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.time.Deadline;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Tells listeners what happens, each on a thread of its own, in the order of the events.
 *
 * <p>Thread-safe, as mailboxes are and {@code blocked} is volatile.
 */
final class Listeners {

    private final List<Channel> channels = new ArrayList<>();
    private final ErrorLog errors;
    private final Log log;

    /**
     * Creates one that tells {@code listeners}.
     *
     * @param jobs how many jobs there are, since each has its own events
     */
    Listeners(List<ShutdownListener> listeners, IntSupplier jobs, ErrorLog errors, Log log) {
        this.errors = errors;
        this.log = log;
        for (ShutdownListener listener : listeners) {
            channels.add(new Channel(listener, jobs));
        }
    }

    boolean isEmpty() {
        return channels.isEmpty();
    }

    /** Returns whether there is one who wants to hear of single jobs. */
    boolean hearOfJobs() {
        for (Channel channel : channels) {
            if (channel.hearsOfJobs) {
                return true;
            }
        }
        return false;
    }

    /** Tells of an event of which there may be very many; one that is far behind may miss it. */
    void tell(Consumer<ShutdownListener> event) {
        for (Channel channel : channels) {
            if (channel.hearsOfJobs) {
                channel.mailbox.post(new Telling(channel.listener, event));
            }
        }
    }

    /** Tells of an event that nobody may miss. */
    void tellAlways(Consumer<ShutdownListener> event) {
        for (Channel channel : channels) {
            channel.mailbox.postAlways(new Telling(channel.listener, event));
        }
    }

    private record Telling(ShutdownListener listener, Consumer<ShutdownListener> event) implements Runnable {

        @Override
        public void run() {
            event.accept(listener);
        }
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
        if (isEmpty()) {
            return;
        }
        Map<Channel, Marker> markers = new LinkedHashMap<>();
        for (Channel channel : channels) {
            if (!channel.blocked) {
                markers.put(channel, channel.mailbox.marker());
            }
        }
        for (Map.Entry<Channel, Marker> each : markers.entrySet()) {
            Channel channel = each.getKey();
            if (!each.getValue().await(deadline)) {
                channel.blocked = true;
                recordBlocked(channel.name());
            }
        }
        for (Channel channel : channels) {
            recordLost(channel);
        }
    }

    /** The shutdown is over. */
    void close() {
        for (Channel channel : channels) {
            channel.mailbox.close();
        }
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

    private final class Channel implements Consumer<Throwable> {

        private final ShutdownListener listener;
        private final Mailbox mailbox;
        private final boolean hearsOfJobs;
        private volatile boolean blocked;

        private Channel(ShutdownListener listener, IntSupplier jobs) {
            this.listener = listener;
            this.hearsOfJobs = hearsOfJobs(listener.getClass());
            this.mailbox = new Mailbox(
                    "graceful-listener-" + name(), listener.getClass().getClassLoader(), jobs, this);
        }

        /** The listener threw something. */
        @Override
        public void accept(Throwable thrown) {
            recordFailure(this, thrown);
        }

        /** Of jobs there may be very many, and some listeners only want to know of the shutdown. */
        private static boolean hearsOfJobs(Class<?> type) {
            try {
                for (Method method : type.getMethods()) {
                    if (method.getName().startsWith("job") && method.getDeclaringClass() != ShutdownListener.class) {
                        return true;
                    }
                }
                return false;
            } catch (LinkageError e) {
                return true; // what one of its methods takes is not there: it is told of all
            }
        }

        private String name() {
            return listener.getClass().getName();
        }
    }
}
