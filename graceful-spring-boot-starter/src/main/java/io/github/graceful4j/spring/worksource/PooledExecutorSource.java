package io.github.graceful4j.spring.worksource;

import io.github.graceful4j.work.WorkSource;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

    /** Returns the source of an executor; {@code null} if nobody can tell what it has under way. */
    static @Nullable WorkSource ofPool(Executor executor) {
        if (executor instanceof ScheduledThreadPoolExecutor scheduling) {
            return new PooledExecutorSource(scheduling, () -> stopFiring(scheduling));
        }
        return executor instanceof ThreadPoolExecutor pool ? of(pool) : null;
    }

    /** Has a pool fire nothing any more: by itself, it would still run what is to be run once. */
    static void stopFiring(ScheduledThreadPoolExecutor scheduling) {
        scheduling.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        scheduling.shutdown();
    }

    /** Returns how many tasks run in a pool, or are due. */
    static long underWay(ThreadPoolExecutor pool) {
        long queued =
                pool.getQueue().stream().filter(PooledExecutorSource::isDue).count();
        return queued + pool.getActiveCount();
    }

    @Override
    public void stopTaking() {
        stop.run();
    }

    @Override
    public long underWay() {
        return underWay(pool);
    }

    /** What is scheduled for later is not under way. */
    private static boolean isDue(Runnable task) {
        return !(task instanceof Delayed delayed) || delayed.getDelay(TimeUnit.NANOSECONDS) <= 0;
    }
}
