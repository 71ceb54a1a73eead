package io.github.graceful4j.spring.worksource;

import io.github.graceful4j.work.WorkSource;
import java.util.concurrent.Delayed;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * A pool of threads with a queue. Spring waits for such a pool as long as a task runs at all times, and not at all if
 * it was told to wait at its destruction; so what is in the queue would run beside shutdown jobs, or never. The pool
 * goes on taking tasks as it was set up to; but one that schedules fires no periodic task any more.
 *
 * @param pool the pool
 * @param stop has it take no more
 */
record PooledExecutorSource(ThreadPoolExecutor pool, Runnable stop) implements WorkSource {

    static WorkSource of(ThreadPoolTaskScheduler scheduler) {
        return new PooledExecutorSource(scheduler.getScheduledThreadPoolExecutor(), scheduler::initiateShutdown);
    }

    static WorkSource of(ThreadPoolExecutor pool) {
        return new PooledExecutorSource(pool, () -> {});
    }

    @Override
    public void stopTaking() {
        stop.run();
    }

    @Override
    public long underWay() {
        long queued =
                pool.getQueue().stream().filter(PooledExecutorSource::isDue).count();
        return queued + pool.getActiveCount();
    }

    /** What is scheduled for later is not under way. */
    private static boolean isDue(Runnable task) {
        return !(task instanceof Delayed delayed) || delayed.getDelay(TimeUnit.NANOSECONDS) <= 0;
    }
}
