package io.github.graceful4j.internal.job;

import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RestartPolicy;
import io.github.graceful4j.job.RunningJobOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A registered running job, or what stops a work source. Each start makes a new {@link JobRun}; it keeps the last one.
 *
 * <p>Thread-safe: its place and whether it is live are guarded by who keeps the jobs, all else by {@code this}; what is
 * volatile can be looked at without that.
 */
public final class RunningJob extends RegisteredJob {

    private final Job job;
    private final RunningJobOptions options;
    private final @Nullable Supervisor supervisor;

    private volatile @Nullable JobRun run;
    private boolean stopped;
    private volatile boolean removed;
    private boolean retries;
    private boolean passedOver;
    private boolean live;
    private volatile @Nullable Stages<JobResult> ends;

    /** Creates a job that does not run yet. */
    public RunningJob(String name, Job job, int phase, RunningJobOptions options, JobEnvironment environment) {
        this(name, JobKind.RUNNING, job, phase, options, environment);
    }

    /** Creates the job that stops a work source, to be started when the phase begins to stop. */
    public static RunningJob ofSource(String name, Job stop, int phase, JobEnvironment environment) {
        return new RunningJob(name, JobKind.SOURCE, stop, phase, RunningJobOptions.defaults(), environment);
    }

    private RunningJob(
            String name, JobKind kind, Job job, int phase, RunningJobOptions options, JobEnvironment environment) {
        super(name, kind, phase, environment);
        this.job = job;
        this.options = options;
        this.supervisor = options.failurePolicy() instanceof RestartPolicy restart
                ? new Supervisor(name, job, restart, environment)
                : null;
    }

    /** Returns how long the job may take to end once told to. */
    public Duration timeout() {
        return options.timeout();
    }

    @Override
    public @Nullable JobRun run() {
        return run;
    }

    /**
     * Returns its last run, for whoever has seen to it that the job is not started again: then no other one follows.
     */
    public @Nullable JobRun lastRun() {
        if (supervisor == null) {
            return run;
        }
        // A retry, which nobody else knows of, looks whether the job still may run under the lock.
        synchronized (this) {
            return run;
        }
    }

    @Override
    public synchronized Stages<JobResult> ends() {
        Stages<JobResult> there = ends;
        if (there == null) {
            there = new Stages<>();
            ends = there;
            if (isOver()) {
                there.complete(result());
            }
        }
        return there;
    }

    /** Nothing starts it again by itself: it ended by itself, was removed, or the shutdown has ended it. */
    private boolean isOver() {
        JobRun last = run;
        if (last == null) {
            return removed || passedOver;
        }
        boolean startsNoMore = removed || environment().host().request() != null;
        return last.isEnded() && (startsNoMore || (last.endedByItself() && !retries));
    }

    /** The shutdown has stopped the phase of the job, which did not run then and never starts again. */
    public void passedOver() {
        synchronized (this) {
            passedOver = true;
        }
        completeEnds();
    }

    /** Completes the stages for its end, if there are any and it is over. */
    public void completeEnds() {
        Stages<JobResult> told;
        synchronized (this) {
            told = isOver() ? ends : null;
        }
        if (told != null) {
            told.complete(result());
        }
    }

    /**
     * Starts the job, unless it runs, ended by itself, was stopped or removed.
     *
     * <p>A job whose earlier run was told to end and still goes on is not started beside it, so that it never runs
     * twice at the same time; its turn comes when that run has finished.
     */
    public synchronized void start() {
        JobRun last = run;
        if (removed || stopped || retries || (last != null && (!last.isEnded() || last.endedByItself()))) {
            return;
        }
        if (last != null && !last.isFinished()) {
            environment()
                    .observers()
                    .log()
                    .warn("Job '{}' still runs from before it was stopped; it starts when that ends", name());
            return;
        }
        startRun();
    }

    private void startRun() {
        JobRun next = new JobRun(this);
        run = next;
        changed();
        next.start(null);
    }

    @Override
    Job work() {
        return supervisor == null ? job : supervisor;
    }

    @Override
    void ended(JobRun ended) {
        Throwable failure = ended.failure();
        if (failure != null && ended.endedByItself() && !tryRetry(ended)) {
            if (options.failurePolicy().shutsDownAtLast()) {
                environment().host().failed(name(), failure);
            }
        }
        Stages<JobResult> told;
        synchronized (this) {
            changed();
            told = ends != null && (!removed || !ended.isFinished()) && isOver() ? ends : null;
        }
        if (told != null) {
            told.complete(result());
        }
    }

    @Override
    void finished(JobRun finished) {
        environment().host().finished(this);
    }

    /** A job that could not even be started, as there was no thread for it, is started again as its policy says. */
    private boolean tryRetry(JobRun ended) {
        if (supervisor == null || ended.hasRun() || !supervisor.tryCountRestart()) {
            return false;
        }
        setRetries(true);
        long delay = supervisor.nextStartDelay().toNanos();
        try {
            CompletableFuture.delayedExecutor(delay, TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(this::retry);
            return true;
        } catch (Throwable e) {
            setRetries(false);
            return false;
        }
    }

    private synchronized void setRetries(boolean newRetries) {
        retries = newRetries;
        changed();
    }

    private void retry() {
        synchronized (this) {
            setRetries(false);
            if (removed || stopped || environment().host().request() != null) {
                return; // whoever sees to that completes the stages for its end
            }
            if (supervisor != null) {
                supervisor.restarted();
            }
            startRun();
        }
    }

    /**
     * Notes whether it is among those that have not ended by themselves; guarded by whoever keeps count of these.
     *
     * @return whether that is new
     */
    public boolean setLive(boolean newLive) {
        boolean isNew = live != newLive;
        live = newLive;
        return isNew;
    }

    @Override
    public synchronized boolean remove() {
        if (removed) {
            return false;
        }
        removed = true;
        return true;
    }

    /** Returns whether the job was removed. */
    public boolean isRemoved() {
        return removed;
    }

    /** Makes sure that the job is not started until it is {@link #release() released}, and returns its last run. */
    public synchronized @Nullable JobRun hold() {
        stopped = true;
        changed();
        return run;
    }

    /** Lets the job be started again, also if it ended by itself; returns whether it can be: not if it was removed. */
    public synchronized boolean release() {
        if (removed) {
            return false;
        }
        stopped = false;
        if (supervisor != null) {
            supervisor.forgetRestarts();
        }
        JobRun last = run;
        if (last != null && last.endedByItself()) {
            run = null;
            if (ends != null && ends.isComplete()) {
                ends = null;
            }
        }
        changed();
        return true;
    }

    /** Returns whether the job ended by a failure of its own, and is not started again by itself. */
    public synchronized boolean isFailed() {
        JobRun last = run;
        return last != null && !retries && last.endedByItself() && last.failure() != null;
    }

    /** Returns whether the job ended by itself, and is not started again by itself. */
    public synchronized boolean endedByItself() {
        JobRun last = run;
        return last != null && !retries && last.endedByItself();
    }

    @Override
    public JobSnapshot snapshot() {
        JobRun last = run();
        Throwable failure = last == null ? null : last.failure();
        if (failure == null && supervisor != null) {
            failure = supervisor.lastFailure();
        }
        return new JobSnapshot(
                name(),
                kind(),
                phase(),
                stateOf(last),
                last == null ? Duration.ZERO : last.age(),
                supervisor == null ? 0 : supervisor.restarts(),
                last == null ? null : last.outcome(),
                failure,
                last == null ? null : last.threadName());
    }

    @Override
    public JobState state() {
        return stateOf(run());
    }

    private synchronized JobState stateOf(@Nullable JobRun last) {
        if (retries) {
            return JobState.BACKING_OFF;
        }
        if (last == null) {
            return stopped ? JobState.STOPPED : JobState.WAITING;
        }
        if (last.isEnded()) {
            return stopped && !last.endedByItself() ? JobState.STOPPED : JobState.ENDED;
        }
        if (last.isCancelled()) {
            return JobState.STOPPING;
        }
        return supervisor != null && supervisor.isBackingOff() ? JobState.BACKING_OFF : JobState.ACTIVE;
    }
}
