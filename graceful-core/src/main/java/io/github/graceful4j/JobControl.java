package io.github.graceful4j;

import io.github.graceful4j.internal.stop.JobControls;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.StuckThread;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Looks after single jobs by name while all others go on: for whoever operates a service, such as an endpoint. The code
 * that registered a job has its {@link Registration} instead.
 *
 * <p>Got from {@link GracefulManager#jobControl()}. Thread-safe. No method waits.
 */
public final class JobControl {

    private final JobControls jobs;

    JobControl(JobControls jobs) {
        this.jobs = jobs;
    }

    /**
     * Stops one running job on its own, as a shutdown would stop it, within the grace period. Neither the end of a
     * pause nor a failure policy starts it again, only {@link #start}. Does nothing to one that does not run, except
     * that it is not started before.
     *
     * @param job the name of the job
     * @return completes, never exceptionally, when the job has ended or was given up
     * @throws IllegalArgumentException if no running job of that name is registered
     * @throws IllegalStateException if shutdown was requested
     */
    public CompletableFuture<@Nullable Void> stop(String job) {
        return jobs.stop(job);
    }

    /**
     * Starts one running job that was stopped, or that ended by itself, with a fresh cancellation and all the restarts
     * its failure policy allows. One that is still stopping starts when it has ended; one whose phase is not started
     * starts with that. Does nothing to one that runs.
     *
     * @param job the name of the job
     * @throws IllegalArgumentException if no running job of that name is registered
     * @throws IllegalStateException if shutdown was requested, or the job is being forgotten
     */
    public void start(String job) {
        jobs.start(job);
    }

    /**
     * Returns the running jobs that ended by a failure of their own and are not restarted, in the order of
     * registration. One that threw something after it was told to end is not among them.
     */
    public List<JobSnapshot> failed() {
        return failed(Integer.MAX_VALUE);
    }

    /**
     * Returns the first of these.
     *
     * @param limit how many at most
     */
    public List<JobSnapshot> failed(int limit) {
        return jobs.failed(limit);
    }

    /**
     * Returns where one job stands.
     *
     * @param job the name of the job
     * @param kind which kind of job it is, since one of each may have the same name
     * @return where it stands, or {@code null} if there is no such job
     */
    public @Nullable JobSnapshot snapshot(String job, JobKind kind) {
        return jobs.snapshot(job, kind);
    }

    /**
     * Returns where the thread of a job is now, also of one that was given up and still runs.
     *
     * @param job the name of the job
     * @param kind which kind of job it is, since one of each may have the same name
     * @return the thread, platform or virtual; {@code null} if the job runs on none, or there is no such job
     */
    public @Nullable StuckThread whereabouts(String job, JobKind kind) {
        return jobs.whereabouts(job, kind);
    }
}
