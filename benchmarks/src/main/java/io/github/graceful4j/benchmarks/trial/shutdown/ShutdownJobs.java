package io.github.graceful4j.benchmarks.trial.shutdown;

/** A way to run work side by side when a process ends. Can be prepared again once it was shut down. */
public interface ShutdownJobs {

    /**
     * Registers the work.
     *
     * @param amount how many times it has to be done
     * @param work what to do
     * @throws Exception if it can't be registered
     */
    void prepare(int amount, Runnable work) throws Exception;

    /**
     * Shuts down, and waits until all work is done.
     *
     * @throws Exception if it can't be shut down
     */
    void shutDown() throws Exception;
}
