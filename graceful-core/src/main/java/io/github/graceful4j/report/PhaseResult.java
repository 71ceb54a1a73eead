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
 *     registration
 * @param blame the jobs that made it take as long as it did, in the order in which they were waited for
 */
public record PhaseResult(int phase, Duration began, Duration elapsed, List<JobResult> jobs, List<JobResult> blame) {

    /** Copies the lists. */
    public PhaseResult {
        jobs = List.copyOf(jobs);
        blame = List.copyOf(blame);
    }
}
