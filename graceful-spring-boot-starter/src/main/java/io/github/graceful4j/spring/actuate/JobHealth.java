package io.github.graceful4j.spring.actuate;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.spring.report.ReportKeeper;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the jobs are doing, in no words of Spring Boot, whose lines have each their own: a running job that failed by
 * itself and is not restarted makes the health what was chosen for it. One that was told to end never does, however it
 * ends.
 *
 * <p>Thread-safe, as the manager is.
 */
public final class JobHealth {

    private static final String UP = "UP";

    private final GracefulManager manager;
    private final ReportKeeper reports;
    private final String failedJobsStatus;

    /**
     * Creates the health.
     *
     * @param manager the manager of the jobs
     * @param reports knows how the last process ended
     * @param failedJobsStatus the code of the status while there are failed jobs, such as {@code DOWN}
     */
    public JobHealth(GracefulManager manager, ReportKeeper reports, String failedJobsStatus) {
        this.manager = manager;
        this.reports = reports;
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
        List<JobSnapshot> failed = manager.jobControl().failed();
        List<JobSnapshot> backingOff = manager.jobs().stream()
                .filter(job -> job.state() == JobState.BACKING_OFF)
                .toList();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", manager.state().name());
        putFailures(details, "failedJobs", failed);
        putFailures(details, "jobsBackingOff", backingOff);
        if (reports.previous().isKnown()) {
            details.put("previousShutdown", reports.previous().outcome());
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
