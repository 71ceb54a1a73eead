package io.github.graceful4j.internal.job;

import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.report.JobProgress;
import org.jspecify.annotations.Nullable;

/**
 * A job as it was registered; what runs of it is a {@link JobRun}.
 *
 * <p>Thread-safe: its place is guarded by whoever keeps the jobs, and where it is counted by {@code this}.
 */
public abstract sealed class RegisteredJob permits RunningJob, ShutdownJob {

    private final String name;
    private final JobKind kind;
    private final int phase;
    private final JobEnvironment environment;
    private int place;
    private boolean hasLeft;
    private @Nullable JobState counted;

    RegisteredJob(String name, JobKind kind, int phase, JobEnvironment environment) {
        this.name = name;
        this.kind = kind;
        this.phase = phase;
        this.environment = environment;
    }

    /** Returns the name it was registered under. */
    public final String name() {
        return name;
    }

    /** Returns which kind of job it is. */
    public final JobKind kind() {
        return kind;
    }

    /** Returns the phase it stops or runs in. */
    public final int phase() {
        return phase;
    }

    /** Returns what it needs to run. */
    public final JobEnvironment environment() {
        return environment;
    }

    /** Returns where it is among the jobs of its phase; guarded by whoever keeps these. */
    public final int place() {
        return place;
    }

    /** Notes where it is among the jobs of its phase. */
    public final void setPlace(int newPlace) {
        place = newPlace;
    }

    /** It is registered now, or is not any more: from then on it counts, or no longer does. */
    public final synchronized void registered(boolean isThere) {
        hasLeft = !isThere;
        changed();
    }

    /** It may be in another state now: it is counted there. */
    final synchronized void changed() {
        counted = environment.counts().move(kind, counted, hasLeft ? null : state());
    }

    /** Returns its last run, or {@code null} if it was never started. */
    public abstract @Nullable JobRun run();

    /** Returns the stages for the end of the job. */
    public abstract Stages<JobResult> ends();

    /** Makes sure that the job is never started, or not again, and returns whether this call did. */
    public abstract boolean remove();

    /** Sets up a thread of a run, which is not started yet; it has inherited what a thread inherits. */
    void prepare(Thread thread) {}

    /** Returns what it does on the thread of a run. */
    abstract Job work();

    /** A run of it has ended, or was given up. */
    abstract void ended(JobRun ofJob);

    /** Nothing of a run of it is running any more. */
    abstract void finished(JobRun ofJob);

    /** Returns where it stands. */
    public abstract JobSnapshot snapshot();

    /** Returns where it stands, in a word. */
    public abstract JobState state();

    /** Returns how it ended in a shutdown that has stopped its phase. */
    public final JobOutcome outcome() {
        JobRun last = run();
        return last == null ? JobOutcome.SKIPPED : last.endedAs();
    }

    /** Returns how long the shutdown that has stopped its phase waited for it, in nanoseconds by the ticker. */
    public final long elapsedNanos() {
        JobRun last = run();
        return last == null ? 0 : last.elapsedNanos();
    }

    /** Returns what came of it in a shutdown that has stopped its phase. */
    public final JobResult result() {
        JobRun last = run();
        return last == null ? JobResult.skipped(name, kind) : last.result();
    }

    /**
     * Returns how far it has come in a shutdown that is under way.
     *
     * @param locates whether to ask its thread where it is, if the shutdown waits for it
     */
    public final JobProgress progress(boolean locates) {
        JobRun last = run();
        return last == null ? JobProgress.waiting(snapshot()) : last.progress(snapshot(), locates);
    }
}
