package io.github.graceful4j.internal.job;

import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.ShutdownJobOptions;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registered shutdown job.
 *
 * <p>Thread-safe: {@code run} and {@code removed} are written under the lock of {@code this}, so that exactly one of
 * starting and removing happens, and its state is counted under it; its place is guarded by who keeps the jobs.
 */
public final class ShutdownJob extends RegisteredJob {

    private final Job job;
    private final ShutdownJobOptions options;

    // Who stops the phases has none of the application's.
    private final @Nullable ClassLoader contextClassLoader =
            Thread.currentThread().getContextClassLoader();
    private final Stages<JobResult> ends = new Stages<>();
    private volatile @Nullable JobRun run;
    private volatile boolean removed;

    /** Creates a job that has not run. */
    public ShutdownJob(String name, Job job, int phase, ShutdownJobOptions options, JobEnvironment environment) {
        super(name, JobKind.SHUTDOWN, phase, environment);
        this.job = job;
        this.options = options;
    }

    /** Returns how long the job may take at most. */
    public Duration timeout() {
        return options.timeout();
    }

    @Override
    void prepare(Thread thread) {
        thread.setContextClassLoader(contextClassLoader);
    }

    /** Returns the names of the jobs that it runs after. */
    public Set<String> after() {
        return options.after();
    }

    @Override
    public @Nullable JobRun run() {
        return run;
    }

    @Override
    public Stages<JobResult> ends() {
        return ends;
    }

    /** Starts the job, and returns its run; {@code null} if it was removed before. */
    public @Nullable JobRun start(TimeLimit limit) {
        JobRun started;
        synchronized (this) {
            if (removed || run != null) {
                return null;
            }
            started = new JobRun(this);
            run = started;
            changed();
        }
        started.start(limit);
        return started;
    }

    @Override
    public boolean remove() {
        synchronized (this) {
            if (removed || run != null) {
                return false;
            }
            removed = true;
            changed();
        }
        ends.complete(result());
        return true;
    }

    @Override
    Job work() {
        return job;
    }

    @Override
    void ended(JobRun ofJob) {
        changed();
        ends.complete(ofJob.result());
    }

    @Override
    void finished(JobRun ofJob) {
        // It runs once, so there is nothing to follow.
    }

    @Override
    public JobSnapshot snapshot() {
        JobRun last = run;
        return new JobSnapshot(
                name(),
                JobKind.SHUTDOWN,
                phase(),
                stateOf(last),
                last == null ? Duration.ZERO : last.age(),
                0,
                last == null ? null : last.outcome(),
                last == null ? null : last.failure(),
                last == null ? null : last.threadName());
    }

    @Override
    public JobState state() {
        return stateOf(run);
    }

    private JobState stateOf(@Nullable JobRun last) {
        if (last == null) {
            return removed ? JobState.ENDED : JobState.WAITING;
        }
        if (last.isEnded()) {
            return JobState.ENDED;
        }
        return last.isCancelled() ? JobState.STOPPING : JobState.ACTIVE;
    }
}
