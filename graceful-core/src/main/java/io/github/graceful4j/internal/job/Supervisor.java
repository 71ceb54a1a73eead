package io.github.graceful4j.internal.job;

import io.github.graceful4j.internal.observe.JobMdc;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.RestartPolicy;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Runs a job, and runs it again when it fails, as its restart policy says.
 *
 * <p>Written by the job's own thread only, one run at a time, except that a run which never got a thread counts as
 * well; {@code recent} and {@code startDelay} are guarded by {@code this}, and the volatile fields may be read by any
 * thread.
 */
final class Supervisor implements Job {

    private final String name;
    private final Job job;
    private final RestartPolicy policy;
    private final JobEnvironment environment;
    private final Deque<Long> recent = new ArrayDeque<>(0);
    private Duration startDelay;

    private volatile long restarts;
    private volatile boolean backingOff;
    private volatile @Nullable Throwable lastFailure;

    Supervisor(String name, Job job, RestartPolicy policy, JobEnvironment environment) {
        this.name = name;
        this.job = job;
        this.policy = policy;
        this.environment = environment;
        this.startDelay = policy.initialDelay();
    }

    long restarts() {
        return restarts;
    }

    boolean isBackingOff() {
        return backingOff;
    }

    @Nullable
    Throwable lastFailure() {
        return lastFailure;
    }

    /** Gives the job all the restarts its policy allows, whatever it has used of them. */
    synchronized void forgetRestarts() {
        recent.clear();
    }

    @Override
    public void run(JobContext context) throws Exception {
        JobRun run = (JobRun) context;
        Duration delay = policy.initialDelay();
        synchronized (this) {
            startDelay = delay;
        }
        while (true) {
            Deadline healthy = Deadline.after(policy.maxDelay(), environment.ticker());
            try {
                job.run(run);
                return;
            } catch (Throwable e) {
                if (run.isCancelled() || !tryCountRestart()) {
                    throw e;
                }
                if (healthy.hasPassed()) {
                    delay = policy.initialDelay();
                }
                if (backOff(run, delay, e)) {
                    return;
                }
            }
            delay = policy.nextDelay(delay);
        }
    }

    /** Takes one of the restarts that there may be within the window; returns whether there was one left. */
    synchronized boolean tryCountRestart() {
        if (policy.limit() == Integer.MAX_VALUE) {
            return true;
        }
        long now = environment.ticker().read();
        while (!recent.isEmpty() && isOver(recent.getFirst())) {
            recent.removeFirst();
        }
        if (recent.size() >= policy.limit()) {
            return false;
        }
        recent.addLast(now);
        return true;
    }

    private boolean isOver(long tick) {
        return Deadline.after(tick, policy.within(), environment.ticker()).hasPassed();
    }

    /** Waits before a restart, and returns whether the job was cancelled instead. */
    private boolean backOff(JobRun run, Duration delay, Throwable failure) throws InterruptedException {
        Duration jittered = jittered(delay);
        lastFailure = failure;
        environment.observers().jobFailed(name, jittered, failure);
        run.cancellation().clearCallbacks();
        clearInterrupt();
        backOff(run, true);
        try {
            if (run.awaitCancellation(jittered)) {
                return true;
            }
        } finally {
            backOff(run, false);
        }
        // The job may have dropped it.
        JobMdc.put(name);
        restarted();
        return false;
    }

    private void backOff(JobRun run, boolean begins) {
        backingOff = begins;
        run.job().changed();
    }

    /** Counts a restart, which happens now. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the job's own thread, or who starts it
    void restarted() {
        restarts++;
        environment.observers().jobRestarted(name);
    }

    /** A job that restored its interrupt before it threw still gets its restart. */
    private static void clearInterrupt() {
        Thread.interrupted();
    }

    /** Many copies of a job that failed together must not all come back together. */
    private static Duration jittered(Duration delay) {
        long half = delay.toNanos() / 2;
        return delay.minusNanos(half == 0 ? 0 : ThreadLocalRandom.current().nextLong(half));
    }

    /** Returns how long to wait before a job is started again that could not even be started; longer each time. */
    synchronized Duration nextStartDelay() {
        Duration delay = startDelay;
        startDelay = policy.nextDelay(delay);
        return jittered(delay);
    }
}
