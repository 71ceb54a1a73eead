package io.github.graceful4j.internal.job;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobKind;
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

    /** Sets up a thread of a run, which is not started yet; it has inherited what a thread inherits. */
    default void prepare(Thread thread) {}

    /** Does its work, on the thread of a run. */
    void execute(JobContext context) throws Exception;

    /** A run of it has ended, or was given up. */
    void ended(JobRun run);

    /** Nothing of a run of it is running any more. */
    void finished(JobRun run);

    /** Returns where it stands. */
    JobSnapshot snapshot();

    /** Returns where it stands, in a word. */
    JobState state();

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
