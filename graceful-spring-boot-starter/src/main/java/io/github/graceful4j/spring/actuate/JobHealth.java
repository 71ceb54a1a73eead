package io.github.graceful4j.spring.actuate;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobQuery;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.spring.report.PreviousShutdown;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the jobs are doing, in no words of Spring Boot, whose lines have each their own: a running job that failed by
 * itself and is not restarted makes the health what was chosen for it. One that was told to end never does, however it
 * ends.
 *
 * <p>Thread-safe, as the manager is.
 */
public final class JobHealth {

    private static final String UP = "UP";

    private final Supplier<@Nullable GracefulManager> managers;
    private final Supplier<PreviousShutdown> previous;
    private final String failedJobsStatus;

    /**
     * Creates the health.
     *
     * @param manager gets the manager of the jobs, or {@code null} while there is none
     * @param previous returns how the last process ended, asked for only where there is a manager
     * @param failedJobsStatus the code of the status while there are failed jobs, such as {@code DOWN}
     */
    public JobHealth(
            Supplier<@Nullable GracefulManager> manager, Supplier<PreviousShutdown> previous, String failedJobsStatus) {
        this.managers = manager;
        this.previous = previous;
        this.failedJobsStatus = failedJobsStatus;
    }

    /**
     * How the jobs were doing at one moment.
     *
     * @param status the code of the status
     * @param details what there is to say about it
     */
    public record Now(String status, Map<String, Object> details) {}

    /** Returns how the jobs are doing now. */
    public Now now() {
        GracefulManager manager = managers.get();
        return manager == null ? new Now(UP, Map.of()) : now(manager);
    }

    private Now now(GracefulManager manager) {
        // Most of the time there is none, which costs nothing to find out, however many jobs there are.
        List<JobSnapshot> failed = manager.jobCount(JobKind.RUNNING, JobState.ENDED) > 0
                ? manager.jobControl().failed(JobList.FEW)
                : List.of();
        List<JobSnapshot> backingOff = manager.jobCount(JobKind.RUNNING, JobState.BACKING_OFF) > 0
                ? manager.jobs(new JobQuery(JobKind.RUNNING, JobState.BACKING_OFF, "", 0, JobList.FEW))
                : List.of();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", manager.state().name());
        putFailures(details, "failedJobs", failed);
        putFailures(details, "jobsBackingOff", backingOff);
        PreviousShutdown last = previous.get();
        if (last.isKnown()) {
            details.put("previousShutdown", last.outcome());
        }
        return new Now(failed.isEmpty() ? UP : failedJobsStatus, details);
    }

    private static void putFailures(Map<String, Object> details, String name, Collection<JobSnapshot> jobs) {
        if (!jobs.isEmpty()) {
            Map<String, Object> failures = new LinkedHashMap<>();
            jobs.forEach(job -> failures.put(job.job(), typeOf(job)));
            details.put(name, failures);
        }
    }

    private static String typeOf(JobSnapshot job) {
        Throwable failure = job.lastFailure();
        return failure == null ? "" : failure.getClass().getName();
    }
}
