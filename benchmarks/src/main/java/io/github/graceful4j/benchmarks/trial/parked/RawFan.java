package io.github.graceful4j.benchmarks.trial.parked;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The least that one can do: threads in an array, unparked by as many threads as there are processors, and one counter
 * for the last to say so.
 */
public final class RawFan implements ParkedJobs {

    private static final int WAKERS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final ThreadFactory factory = VirtualThreads.factory();
    private final AtomicInteger left = new AtomicInteger();
    private Thread[] threads = {};
    private CountDownLatch over = new CountDownLatch(0);
    private volatile boolean cancelled;

    /**
     * Creates the candidate.
     *
     * @throws ReflectiveOperationException if this JVM has no virtual threads
     */
    public RawFan() throws ReflectiveOperationException {}

    @Override
    public void start(List<String> names, Runnable begun) {
        cancelled = false;
        left.set(names.size());
        over = new CountDownLatch(1);
        threads = new Thread[names.size()];
        for (int job = 0; job < threads.length; job++) {
            threads[job] = factory.newThread(() -> run(begun));
            threads[job].start();
        }
    }

    private void run(Runnable begun) {
        begun.run();
        while (!cancelled) {
            LockSupport.park(this);
        }
        if (left.decrementAndGet() == 0) {
            over.countDown();
        }
    }

    @Override
    public void stop() throws InterruptedException {
        cancelled = true;
        List<Thread> others = new ArrayList<>();
        for (int waker = 1; waker < WAKERS; waker++) {
            int part = waker;
            Thread other = new Thread(() -> wake(part));
            other.start();
            others.add(other);
        }
        wake(0);
        over.await();
        for (Thread other : others) {
            other.join();
        }
        threads = new Thread[0];
    }

    private void wake(int waker) {
        int end = part(waker + 1);
        for (int job = part(waker); job < end; job++) {
            LockSupport.unpark(threads[job]);
        }
    }

    private int part(int waker) {
        return (int) ((long) threads.length * waker / WAKERS);
    }
}
