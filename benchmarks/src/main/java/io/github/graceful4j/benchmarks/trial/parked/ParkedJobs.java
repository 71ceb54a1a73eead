package io.github.graceful4j.benchmarks.trial.parked;

import java.util.List;

/** A way to run many jobs, each on a virtual thread where it waits for its end. Can be started again once stopped. */
public interface ParkedJobs {

    /**
     * Starts a job for each name.
     *
     * @param names the names of the jobs
     * @param begun to be run by each job first
     * @throws Exception if they can't be started
     */
    void start(List<String> names, Runnable begun) throws Exception;

    /**
     * Tells all jobs to end, and waits until they have.
     *
     * @throws Exception if they can't be stopped
     */
    void stop() throws Exception;
}
