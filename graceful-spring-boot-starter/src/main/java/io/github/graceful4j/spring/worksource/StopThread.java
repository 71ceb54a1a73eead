package io.github.graceful4j.spring.worksource;

import org.jspecify.annotations.Nullable;

/**
 * Stops something that returns only when all of it is over, beside the thread that asks how much is left: that one is
 * interrupted when time is nearly up, which many a library hands on to its tasks at once.
 *
 * <p>Thread-safe: {@code failure} is volatile.
 */
final class StopThread {

    private final Thread thread;
    private volatile @Nullable Throwable failure;

    /** Stops what {@code stop} stops from now on. */
    StopThread(String name, Runnable stop) {
        thread = new Thread(
                () -> {
                    try {
                        stop.run();
                    } catch (Throwable e) {
                        failure = e;
                    }
                },
                "graceful-stop-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Returns whether it is not over.
     *
     * @throws IllegalStateException if it failed
     */
    boolean isStopping() {
        Throwable thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException("It can't be stopped: " + thrown, thrown);
        }
        return thread.isAlive();
    }
}
