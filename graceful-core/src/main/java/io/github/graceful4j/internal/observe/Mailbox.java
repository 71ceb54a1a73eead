package io.github.graceful4j.internal.observe;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has foreign code called on a thread of its own, in the order in which the calls were posted: whoever posts goes on at
 * once, whatever that code does. There is a thread only while there is something to deliver, and for a moment after.
 *
 * <p>Thread-safe: all state is guarded by {@code this}, which is never held while something is delivered.
 */
final class Mailbox implements Runnable {

    /** What may wait to be delivered, however few jobs there are. */
    private static final int SMALLEST_CAPACITY = 10_000;

    /** How often a job may be told of before somebody has heard the first of it. */
    private static final int PER_JOB = 4;

    private static final long LINGER = TimeUnit.MILLISECONDS.toNanos(200);

    private final String threadName;
    private final ClassLoader loader;
    private final IntSupplier jobs;
    private final Consumer<Throwable> onFailure;
    private final Queue<Runnable> posted = new ArrayDeque<>();
    private boolean delivering;
    private boolean closed;
    private long lost;

    /**
     * Creates an empty mailbox.
     *
     * @param loader the context class loader of the thread, so that it pins nobody else's
     * @param jobs how many jobs there are: so much more may wait to be delivered; what comes on top is lost, and
     *     counted
     * @param onFailure is given what a delivery threw
     */
    Mailbox(String threadName, @Nullable ClassLoader loader, IntSupplier jobs, Consumer<Throwable> onFailure) {
        this.threadName = threadName;
        this.loader = loader == null ? ClassLoader.getSystemClassLoader() : loader;
        this.jobs = jobs;
        this.onFailure = onFailure;
    }

    /** Posts a delivery, unless too many wait already. */
    void post(Runnable delivery) {
        int most = Math.max(SMALLEST_CAPACITY, PER_JOB * jobs.getAsInt());
        synchronized (this) {
            if (posted.size() >= most) {
                lost++;
                return;
            }
            add(delivery);
        }
    }

    /** Posts a delivery that must not be lost, of which there are only a few. */
    synchronized void postAlways(Runnable delivery) {
        add(delivery);
    }

    private void add(Runnable delivery) {
        posted.add(delivery);
        if (delivering) {
            notifyAll();
            return;
        }
        try {
            delivering = true;
            Thread thread = new Thread(null, this, threadName, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            thread.start();
        } catch (Throwable e) {
            // Out of threads: it waits here until one can be had, with the next delivery.
            delivering = false;
        }
    }

    /** Delivers what there is, on the thread for that. */
    @Override
    public void run() {
        for (Runnable next = next(); next != null; next = next()) {
            try {
                next.run();
            } catch (Throwable e) {
                onFailure.accept(e);
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        long limit = System.nanoTime() + LINGER;
        for (long left = LINGER; posted.isEmpty() && left > 0 && !closed; left = limit - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                // A delivery left its interrupt behind; there is nothing here to be interrupted.
            }
        }
        Runnable next = posted.poll();
        delivering = next != null;
        return next;
    }

    /** Posts a marker for the calling thread, which is reached when all that was posted before has been delivered. */
    Marker marker() {
        Marker marker = new Marker();
        synchronized (this) {
            if (posted.isEmpty() && !delivering) {
                marker.run();
            } else {
                add(marker);
            }
        }
        return marker;
    }

    /** Says that there is not much more to come: the thread ends as soon as it has delivered all. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Returns how many deliveries were lost since this was asked last. */
    synchronized long takeLost() {
        long count = lost;
        lost = 0;
        return count;
    }
}
