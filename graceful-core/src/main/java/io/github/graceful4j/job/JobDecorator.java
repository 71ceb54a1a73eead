package io.github.graceful4j.job;

/**
 * Puts something around jobs: a context that is set while they run, a measurement, a transaction. Thread-safe, as jobs
 * are registered by any thread.
 *
 * @see io.github.graceful4j.GracefulManagerBuilder#jobDecorator
 */
@FunctionalInterface
public interface JobDecorator {

    /**
     * Returns the job to run instead of another. Called once when that is registered, on the thread that registers it;
     * what is returned runs on the job's own thread, a running job once more for every restart.
     *
     * @param job what to put something around; to be run exactly once each time, with the context that was given
     * @param name the name of the job
     * @param kind which kind of job it is
     * @param phase the phase it stops or runs in
     */
    Job decorate(Job job, String name, JobKind kind, int phase);
}
