package io.github.graceful4j.benchmarks.trial.shutdown;

import io.github.graceful4j.benchmarks.trial.Figures;
import io.github.graceful4j.benchmarks.trial.Trial;

/** How much longer the first shutdown of a JVM takes than the work that is done in it, some time after the start. */
public final class FirstShutdownTrial implements Trial<ShutdownJobs> {

    private static final int JOBS = 10;
    private static final int WORK_MILLIS = 100;
    private static final long WORK_NANOS = WORK_MILLIS * 1_000_000L;

    /** Creates the trial. */
    public FirstShutdownTrial() {}

    @Override
    public void measure(ShutdownJobs jobs, int pauseMillis, Figures figures) throws Exception {
        jobs.prepare(JOBS, FirstShutdownTrial::work);
        Thread.sleep(pauseMillis);
        long began = System.nanoTime();
        jobs.shutDown();
        long took = System.nanoTime() - began;
        figures.nanos("above " + WORK_MILLIS + " ms", (double) (took - WORK_NANOS));
    }

    private static void work() {
        try {
            Thread.sleep(WORK_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts a job that is in time", e);
        }
    }
}
