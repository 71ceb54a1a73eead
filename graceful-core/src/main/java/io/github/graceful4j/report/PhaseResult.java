package io.github.graceful4j.report;

import io.github.graceful4j.job.JobResult;
import java.time.Duration;
import java.util.List;

/**
 * What came of one phase.
 *
 * @param phase the phase; higher ones stop first
 * @param began how long after the shutdown was requested the phase began to stop
 * @param elapsed how long it took
 * @param jobs what came of each of its jobs: the running jobs, then the shutdown jobs, each in the order of
 *     registration; of more than {@link #MOST_LISTED} that ended well, only of those that took longest
 * @param omitted how many more jobs ended well, and took no longer than any of these
 * @param blame the jobs that made it take as long as it did, in the order in which they were waited for
 */
public record PhaseResult(
        int phase, Duration began, Duration elapsed, List<JobResult> jobs, int omitted, List<JobResult> blame) {

    /** Of how many jobs that ended well a phase tells one by one. */
    public static final int MOST_LISTED = 1_000;

    /** Copies the lists. */
    public PhaseResult {
        jobs = List.copyOf(jobs);
        blame = List.copyOf(blame);
    }

    /** Creates one that tells of each job; see the components. */
    public PhaseResult(int phase, Duration began, Duration elapsed, List<JobResult> jobs, List<JobResult> blame) {
        this(phase, began, elapsed, jobs, 0, blame);
    }

    /** Returns how many jobs it had, listed or not. */
    public int jobCount() {
        return jobs.size() + omitted;
    }
}
