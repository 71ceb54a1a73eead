package io.github.graceful4j.internal.jvm;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps the process alive while a running job runs, whatever kind of thread it runs on, and not a moment longer.
 *
 * <p>Thread-safe: {@code holds} is atomic, becomes positive under the lock of {@code this} only, and is positive only
 * while {@code kept}, which that lock guards.
 */
public final class KeepAlive implements Runnable {

    private final Threads threads;
    private final AtomicInteger holds = new AtomicInteger();
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
    public void hold() {
        if (!tryJoin()) {
            begin();
        }
    }

    /** Ends one hold. */
    public void release() {
        if (holds.decrementAndGet() == 0) {
            wakeUp();
        }
    }

    /** Joins those who hold already, if there is one. */
    private boolean tryJoin() {
        for (int held = holds.get(); held > 0; held = holds.get()) {
            if (holds.compareAndSet(held, held + 1)) {
                return true;
            }
        }
        return false;
    }

    private synchronized void begin() {
        if (tryJoin()) {
            return;
        }
        if (!kept) {
            threads.newThread("graceful-keep-alive", this).start();
            kept = true;
        }
        holds.incrementAndGet();
    }

    private synchronized void wakeUp() {
        notifyAll();
    }

    /** Stays until nobody holds any more, on the thread that holds the process. */
    @Override
    public synchronized void run() {
        while (holds.get() > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt this thread, and there is nothing to give up.
            }
        }
        kept = false;
    }
}
