package io.github.graceful4j;

import io.github.graceful4j.internal.job.RegisteredJob;
import io.github.graceful4j.internal.stop.JobControls;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a registered job: what it is called, where it stands, and how to end it apart from all others.
 *
 * <p>Thread-safe. No method waits.
 */
public final class Registration {

    private final JobControls jobs;
    private final RegisteredJob job;

    Registration(JobControls jobs, RegisteredJob job) {
        this.jobs = jobs;
        this.job = job;
    }

    /** Returns the name the job was registered under. */
    public String name() {
        return job.name();
    }

    /** Returns where the job stands. */
    public JobState state() {
        return job.state();
    }

    /** Returns where the job stands, with all that is known of it. */
    public JobSnapshot snapshot() {
        return job.snapshot();
    }

    /**
     * Returns a stage for the end of the job: when it has ended by itself and is not restarted, when it was forgotten
     * and has ended, or when the shutdown has ended it, given it up or passed it over. A stop or a pause, after which
     * it can be started again, is not its end.
     *
     * @return completes, never exceptionally, with what came of the job; a stage of its own for each call, and what
     *     hangs on it runs on a thread which nothing waits for
     */
    public CompletionStage<JobResult> ended() {
        return job.ends().next();
    }

    /**
     * Stops a running job on its own, as a shutdown would stop it, within the grace period, while all others go on. It
     * stays registered, and {@link JobControl#start} starts it again. A shutdown job that has not started never runs.
     * Does nothing once the job has ended, to a running job once shutdown was requested, and to a work source, which
     * only a shutdown stops.
     *
     * @return completes, never exceptionally, when the job has ended or was given up; at once where nothing is done
     */
    public CompletableFuture<@Nullable Void> stop() {
        return jobs.stop(job);
    }

    /**
     * Undoes the registration: nothing of the job is kept, and its name is free again. A running job that runs is
     * stopped first, as {@link #stop} does it, and forgotten when it has ended; one that has ended is forgotten at
     * once. A shutdown job that has not started never runs.
     *
     * @return whether this call undid it: {@code false} if that was done before, or if it is too late: for a running
     *     job, also one that has ended, when a shutdown was requested, whose report may have it; for a shutdown job,
     *     when it was started
     */
    public boolean forget() {
        return jobs.forget(job);
    }

    @Override
    public String toString() {
        return "Registration[" + name() + "]";
    }
}
