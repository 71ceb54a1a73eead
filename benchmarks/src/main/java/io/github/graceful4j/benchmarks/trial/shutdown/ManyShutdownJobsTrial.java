package io.github.graceful4j.benchmarks.trial.shutdown;

import io.github.graceful4j.benchmarks.trial.Figures;
import io.github.graceful4j.benchmarks.trial.Trial;
import io.github.graceful4j.benchmarks.trial.WarmUp;

/** How long it takes to run many shutdown jobs that do nothing. */
public final class ManyShutdownJobsTrial implements Trial<ShutdownJobs> {

    /** Creates the trial. */
    public ManyShutdownJobsTrial() {}

    @Override
    public void measure(ShutdownJobs jobs, int amount, Figures figures) throws Exception {
        WarmUp.measure(
                figures,
                () -> {
                    jobs.prepare(amount, () -> {});
                    long began = System.nanoTime();
                    jobs.shutDown();
                    return new long[] {System.nanoTime() - began};
                },
                "shut down");
    }
}
