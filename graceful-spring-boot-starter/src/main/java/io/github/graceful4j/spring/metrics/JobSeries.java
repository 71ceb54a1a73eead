package io.github.graceful4j.spring.metrics;

import io.github.graceful4j.job.JobKind;

/**
 * What tells apart the series of the meters of jobs. The tag is called {@code name}, since {@code job} is what
 * Prometheus calls the group of processes that it scrapes.
 *
 * @param name the name that one or several jobs are counted under
 * @param kind which kind of jobs they are
 */
record JobSeries(String name, JobKind kind) {

    /** Returns the series of all jobs of a kind that have none of their own. */
    static JobSeries others(JobKind kind) {
        return new JobSeries(JobNames.OTHER, kind);
    }
}
