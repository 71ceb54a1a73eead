package io.github.graceful4j.internal.jvm;

/**
 * Keeps the process alive while a running job runs, whatever kind of thread it runs on, and not a moment longer.
 *
 * <p>Thread-safe: all state is guarded by {@code this}.
 */
public final class KeepAlive {

    private final Threads threads;
    private int holds;
    private boolean kept;

    /** Creates what holds the process with a thread that {@code threads} makes, once there is something to hold for. */
    public KeepAlive(Threads threads) {
        this.threads = threads;
    }

    /**
     * Keeps the process alive until {@link #release} was called as many times as this.
     *
     * @throws OutOfMemoryError if the JVM is out of threads; then nothing is held
     */
    public synchronized void hold() {
        if (!kept) {
            threads.newThread("graceful-keep-alive", this::stay).start();
            kept = true;
        }
        holds++;
    }

    /** Ends one hold. */
    public synchronized void release() {
        holds--;
        if (holds == 0) {
            notifyAll();
        }
    }

    private synchronized void stay() {
        while (holds > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt this thread, and there is nothing to give up.
            }
        }
        kept = false;
    }
}
