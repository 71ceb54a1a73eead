package io.github.graceful4j;

import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.JobProgress;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A registered running job. Each start makes a new {@link JobRun}; it keeps the last one.
 *
 * <p>Thread-safe: {@code run}, {@code held} and {@code removed} are guarded by {@code this}.
 */
final class RunningJob {

    private final String name;
    private final int phase;
    private final RunningJobOptions options;
    private final JobServices services;
    private final Supervisor supervisor;
    private final BiConsumer<String, Throwable> fatal;

    private @Nullable JobRun run;
    private boolean held;
    private boolean removed;

    /** Creates a job that hands a failure which shuts down the manager to {@code fatal}. */
    RunningJob(
            String name,
            Job job,
            int phase,
            RunningJobOptions options,
            JobServices services,
            BiConsumer<String, Throwable> fatal) {
        this.name = name;
        this.phase = phase;
        this.options = options;
        this.services = services;
        this.supervisor = new Supervisor(name, job, options.failurePolicy(), services);
        this.fatal = fatal;
    }

    String name() {
        return name;
    }

    int phase() {
        return phase;
    }

    Duration timeout() {
        return options.timeout();
    }

    /**
     * Starts the job, unless it runs, ended by itself, is held or was removed.
     *
     * <p>A job whose earlier run was told to end and still goes on is not started beside it, so that it never runs
     * twice at the same time; its turn comes when that run has finished.
     *
     * @return the run that was started, or {@code null} if none was
     */
    synchronized @Nullable JobRun start() {
        JobRun last = run;
        if (removed || held || (last != null && (!last.isEnded() || endedByItself(last)))) {
            return null;
        }
        if (last != null && !last.finished().isDone()) {
            services.logger().warn("Job '{}' still runs from before it was stopped; it starts when that ends", name);
            return null;
        }
        JobRun next = new JobRun(name, JobKind.RUNNING, phase, supervisor, services);
        run = next;
        next.ending().thenAccept(this::shutDownIfFatal);
        next.start();
        return next;
    }

    private static boolean endedByItself(@Nullable JobRun last) {
        JobRun.Ending ending = last == null ? null : last.ending().getNow(null);
        return ending != null && ending.byItself();
    }

    private void shutDownIfFatal(JobRun.Ending ending) {
        Throwable failure = ending.failure();
        FailurePolicy policy = options.failurePolicy();
        boolean shutsDown = policy.action() == FailurePolicy.Action.SHUT_DOWN
                || (policy.action() == FailurePolicy.Action.RESTART
                        && policy.afterLimit() == FailurePolicy.Action.SHUT_DOWN);
        if (failure != null && ending.byItself() && shutsDown) {
            fatal.accept(name, failure);
        }
    }

    /** Makes sure that the job is never started again, and returns whether this call did: not if it ended by itself. */
    synchronized boolean remove() {
        if (removed || endedByItself(run)) {
            return false;
        }
        removed = true;
        return true;
    }

    /** Makes sure that the job is not started until it is {@link #release() released}, and returns its last run. */
    synchronized @Nullable JobRun hold() {
        held = true;
        return run;
    }

    /** Lets the job be started again, also if it ended by itself; returns whether it can be: not if it was removed. */
    synchronized boolean release() {
        if (removed) {
            return false;
        }
        held = false;
        if (endedByItself(run)) {
            run = null;
        }
        return true;
    }

    /** Returns whether the job ended by a failure of its own, and is not started again by itself. */
    boolean isFailed() {
        JobRun last = run();
        JobRun.Ending ending = last == null ? null : last.ending().getNow(null);
        return ending != null && ending.byItself() && ending.failure() != null;
    }

    /** Returns the last run, or {@code null} if the job was never started. */
    synchronized @Nullable JobRun run() {
        return run;
    }

    JobResult result() {
        JobRun last = run();
        return last == null ? JobResult.skipped(name, JobKind.RUNNING) : last.result();
    }

    JobSnapshot snapshot() {
        JobRun last = run();
        JobRun.Ending ending = last == null ? null : last.ending().getNow(null);
        Throwable ended = ending == null ? null : ending.failure();
        return new JobSnapshot(
                name,
                JobKind.RUNNING,
                phase,
                stateOf(last),
                last == null ? Duration.ZERO : last.age(),
                supervisor.restarts(),
                ending == null ? null : ending.outcome(),
                ended == null ? supervisor.lastFailure() : ended,
                last == null ? null : last.threadName());
    }

    JobProgress progress(boolean locates) {
        JobRun last = run();
        return last == null ? JobProgress.waiting(snapshot()) : last.progress(snapshot(), locates);
    }

    private synchronized JobState stateOf(@Nullable JobRun last) {
        if (last == null) {
            return held ? JobState.STOPPED : JobState.WAITING;
        }
        if (last.isEnded()) {
            return held && !endedByItself(last) ? JobState.STOPPED : JobState.ENDED;
        }
        if (last.isCancelled()) {
            return JobState.STOPPING;
        }
        return supervisor.isBackingOff() ? JobState.BACKING_OFF : JobState.RUNNING;
    }
}
