package io.github.graceful4j.spring.worksource;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What a library has under way: it ends when the test says so, whatever interrupts it. Thread-safe. */
public final class Task {

    private static final long NET_SECONDS = 60;

    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    /** Goes on until {@link #end}. */
    public void work() {
        begun.incrementAndGet();
        long net = System.nanoTime() + TimeUnit.SECONDS.toNanos(NET_SECONDS);
        boolean interrupted = false;
        while (mayEnd.getCount() > 0 && System.nanoTime() - net < 0) {
            try {
                mayEnd.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        ended.incrementAndGet();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void awaitBegin() {
        long net = System.nanoTime() + TimeUnit.SECONDS.toNanos(NET_SECONDS);
        while (begun.get() == 0) {
            if (System.nanoTime() - net > 0) {
                throw new AssertionError("The task did not begin");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1)); // others need the processor
        }
    }

    void end() {
        mayEnd.countDown();
    }

    /** Returns how many times it goes on now. */
    int underWay() {
        return begun.get() - ended.get();
    }

    int begun() {
        return begun.get();
    }
}
