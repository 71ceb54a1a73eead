package io.github.graceful4j.internal.job;

import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.report.JobProgress;
import org.jspecify.annotations.Nullable;

/** A job as it was registered; what runs of it is a {@link JobRun}. Thread-safe. */
public sealed interface RegisteredJob permits RunningJob, ShutdownJob {

    /** Returns the name it was registered under. */
    String name();

    /** Returns which kind of job it is. */
    JobKind kind();

    /** Returns the phase it stops or runs in. */
    int phase();

    /** Returns what it needs to run. */
    JobEnvironment environment();

    /** Returns its last run, or {@code null} if it was never started. */
    @Nullable
    JobRun run();

    /** Returns where it is among the jobs of its phase; guarded by whoever keeps these. */
    int place();

    /** Notes where it is among the jobs of its phase. */
    void setPlace(int newPlace);

    /** Sets up a thread of a run, which is not started yet; it has inherited what a thread inherits. */
    default void prepare(Thread thread) {}

    /** Returns what it does on the thread of a run. */
    Job work();

    /** It may be in another state now: it is counted there. */
    void changed();

    /** A run of it has ended, or was given up. */
    void ended(JobRun run);

    /** Nothing of a run of it is running any more. */
    void finished(JobRun run);

    /** Returns where it stands. */
    JobSnapshot snapshot();

    /** Returns where it stands, in a word. */
    JobState state();

    /** Returns how it ended in a shutdown that has stopped its phase. */
    default JobOutcome outcome() {
        JobRun last = run();
        return last == null ? JobOutcome.SKIPPED : last.endedAs();
    }

    /** Returns how long the shutdown that has stopped its phase waited for it, in nanoseconds by the ticker. */
    default long elapsedNanos() {
        JobRun last = run();
        return last == null ? 0 : last.elapsedNanos();
    }

    /** Returns what came of it in a shutdown that has stopped its phase. */
    default JobResult result() {
        JobRun last = run();
        return last == null ? JobResult.skipped(name(), kind()) : last.result();
    }

    /**
     * Returns how far it has come in a shutdown that is under way.
     *
     * @param locates whether to ask its thread where it is, if the shutdown waits for it
     */
    default JobProgress progress(boolean locates) {
        JobRun last = run();
        return last == null ? JobProgress.waiting(snapshot()) : last.progress(snapshot(), locates);
    }
}
