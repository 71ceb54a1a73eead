package io.github.graceful4j;

import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.JobProgress;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A registered shutdown job.
 *
 * <p>Thread-safe: {@code claimed} lets exactly one of starting and removing happen, and {@code started} and
 * {@code removed} are written by the one that does.
 */
final class ShutdownJob {

    private final String name;
    private final int phase;
    private final ShutdownJobOptions options;
    private final JobRun run;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private volatile boolean started;
    private volatile boolean removed;

    ShutdownJob(String name, Job job, int phase, ShutdownJobOptions options, JobServices services) {
        this.name = name;
        this.phase = phase;
        this.options = options;
        this.run = new JobRun(name, JobKind.SHUTDOWN, phase, job::run, services);
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

    Set<String> after() {
        return options.after();
    }

    /** Starts the job, and returns whether this call did: not if it was removed before. */
    boolean tryStart(Deadline limit) {
        if (!claimed.compareAndSet(false, true)) {
            return false;
        }
        run.start(limit);
        started = true;
        return true;
    }

    /** Makes sure that the job never runs, and returns whether this call did. */
    boolean remove() {
        if (!claimed.compareAndSet(false, true)) {
            return false;
        }
        removed = true;
        return true;
    }

    JobRun run() {
        return run;
    }

    JobResult result() {
        return started ? run.result() : JobResult.skipped(name, JobKind.SHUTDOWN);
    }

    JobSnapshot snapshot() {
        JobRun.Ending ending = run.ending().getNow(null);
        return new JobSnapshot(
                name,
                JobKind.SHUTDOWN,
                phase,
                state(),
                started ? run.age() : Duration.ZERO,
                0,
                ending == null ? null : ending.outcome(),
                ending == null ? null : ending.failure(),
                started ? run.threadName() : null);
    }

    JobProgress progress(boolean locates) {
        return started ? run.progress(snapshot(), locates) : JobProgress.waiting(snapshot());
    }

    private JobState state() {
        if (!started) {
            return removed ? JobState.ENDED : JobState.WAITING;
        }
        if (run.isEnded()) {
            return JobState.ENDED;
        }
        return run.isCancelled() ? JobState.STOPPING : JobState.RUNNING;
    }
}
