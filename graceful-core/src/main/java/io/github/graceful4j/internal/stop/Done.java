package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.Stages;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a shutdown, and who waits for it: first whoever only waits, by a latch, then the stages of those who asked
 * for one, on threads of their own.
 *
 * <p>Thread-safe: {@code report} is written once, before the latch is opened; the set of waiters is synchronized, and
 * holds none that nobody else holds.
 */
final class Done implements Stages.Guard {

    private final CountDownLatch over = new CountDownLatch(1);
    private final Stages<ShutdownReport> stages;
    private final JobRegistry registry;
    private final Set<Thread> waiters = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private volatile @Nullable ShutdownReport report;

    /** Creates one that knows by {@code registry} who is a job. */
    Done(JobRegistry registry) {
        this.registry = registry;
        this.stages = new Stages<>(this);
    }

    void finish(ShutdownReport newReport) {
        report = newReport;
        over.countDown();
        stages.complete(newReport);
    }

    @Nullable
    ShutdownReport report() {
        return report;
    }

    boolean isDone() {
        return over.getCount() == 0;
    }

    /** Returns a new stage for the end, which nobody else has. */
    CompletionStage<ShutdownReport> stage() {
        return stages.next();
    }

    /**
     * Throws if the calling thread is that of a job.
     *
     * @throws IllegalStateException if it is
     */
    @Override
    public void checkWaitable() {
        String job = isDone() ? null : registry.jobOn(Thread.currentThread());
        if (job != null) {
            throw new IllegalStateException("Can't wait for the end of the shutdown in job '" + job
                    + "': the shutdown itself waits for that job to end; return from the job instead");
        }
    }

    /** Waits for the end, and returns the report; {@code null} if it has not come within {@code timeout}. */
    @Nullable
    ShutdownReport await(Duration timeout) throws InterruptedException {
        checkWaitable();
        waiters.add(Thread.currentThread());
        boolean ended = false;
        try {
            ended = over.await(nanosOf(timeout), TimeUnit.NANOSECONDS);
        } finally {
            if (!ended) {
                waiters.remove(Thread.currentThread());
            }
        }
        return report;
    }

    private static long nanosOf(Duration timeout) {
        if (timeout.isNegative()) {
            return 0;
        }
        return timeout.compareTo(Deadline.UNLIMITED) < 0 ? timeout.toNanos() : Long.MAX_VALUE;
    }

    /** Waits for the end; an interrupt does not end that, and the thread is left interrupted. */
    void awaitUninterruptibly() {
        boolean interrupted = false;
        while (true) {
            try {
                over.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the end like {@link #awaitUninterruptibly}, as somebody who may have something to do afterwards. */
    void awaitAsWaiter() {
        waiters.add(Thread.currentThread());
        awaitUninterruptibly();
    }

    /**
     * Waits until the threads that waited for the end have ended themselves, so that the JVM does not exit under what
     * they do afterwards; in real time, as the JVM's exit is real.
     *
     * @param atMost how long to wait for all of them together
     */
    void joinWaiters(Duration atMost) {
        long limit = System.nanoTime() + atMost.toNanos();
        List<Thread> joined;
        synchronized (waiters) {
            joined = List.copyOf(waiters);
        }
        try {
            for (Thread waiter : joined) {
                TimeUnit.NANOSECONDS.timedJoin(waiter, limit - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
