package io.github.graceful4j;

import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Runs a job, and runs it again when it fails if its failure policy says so.
 *
 * <p>Written by the job's own thread only, one run at a time; the volatile fields may be read by any thread.
 */
final class Supervisor implements JobRun.Body {

    private final String name;
    private final Job job;
    private final FailurePolicy policy;
    private final JobServices services;

    private volatile long restarts;
    private volatile boolean backingOff;
    private volatile @Nullable Throwable lastFailure;

    Supervisor(String name, Job job, FailurePolicy policy, JobServices services) {
        this.name = name;
        this.job = job;
        this.policy = policy;
        this.services = services;
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

    @Override
    public void run(DefaultJobContext context) throws Exception {
        Duration delay = policy.initialDelay();
        long restartsOfRun = 0;
        while (true) {
            Deadline healthy = Deadline.after(policy.maxDelay(), services.ticker());
            try {
                job.run(context);
                return;
            } catch (Throwable e) {
                if (context.isCancelled()) {
                    throw e;
                }
                lastFailure = e;
                if (!isRestartable(restartsOfRun)) {
                    throw e;
                }
                services.errors().add(name, RecordedError.Source.RUNNING_JOB, e);
                services.listeners().notify(listener -> listener.jobFailed(name, JobKind.RUNNING, e));
                if (healthy.hasPassed()) {
                    delay = policy.initialDelay();
                }
            }
            if (backOff(context, delay)) {
                return;
            }
            restartsOfRun++;
            delay = doubled(delay);
        }
    }

    private boolean isRestartable(long restartsOfRun) {
        return policy.action() == FailurePolicy.Action.RESTART
                && (policy.maxRestarts() == 0 || restartsOfRun < policy.maxRestarts());
    }

    /** Waits before a restart, and returns whether the job was cancelled instead. */
    private boolean backOff(DefaultJobContext context, Duration delay) throws InterruptedException {
        Duration jittered = jittered(delay);
        services.logger().warn("Job '{}' failed; it is restarted in {}", name, jittered, lastFailure);
        context.forgetCallbacks();
        clearInterrupt();
        backingOff = true;
        try {
            if (context.awaitCancellation(jittered)) {
                return true;
            }
        } finally {
            backingOff = false;
        }
        countRestart();
        services.listeners().notify(listener -> listener.jobRestarted(name));
        return false;
    }

    /** A job that restored its interrupt before it threw still gets its restart. */
    private static void clearInterrupt() {
        Thread.interrupted();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the job's own thread
    private void countRestart() {
        restarts++;
    }

    /** Many copies of a job that failed together must not all come back together. */
    private static Duration jittered(Duration delay) {
        long half = delay.toNanos() / 2;
        return delay.minusNanos(half == 0 ? 0 : ThreadLocalRandom.current().nextLong(half));
    }

    private Duration doubled(Duration delay) {
        Duration twice = delay.multipliedBy(2);
        return twice.compareTo(policy.maxDelay()) < 0 ? twice : policy.maxDelay();
    }
}
