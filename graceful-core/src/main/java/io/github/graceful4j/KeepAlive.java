package io.github.graceful4j;

/**
 * Keeps the process alive while a running job runs, whatever kind of thread it runs on, and not a moment longer.
 *
 * <p>Thread-safe: all state is guarded by {@code this}.
 */
final class KeepAlive {

    private final JobThreads threads;
    private int holds;
    private boolean kept;

    /** Creates what holds the process with a thread that {@code threads} makes, once there is something to hold for. */
    KeepAlive(JobThreads threads) {
        this.threads = threads;
    }

    synchronized void hold() {
        holds++;
        if (!kept) {
            threads.newThread("graceful-keep-alive", this::stay).start();
            kept = true;
        }
    }

    synchronized void release() {
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
