package io.github.graceful4j.benchmarks.trial.parked;

import io.github.graceful4j.benchmarks.trial.Figures;
import io.github.graceful4j.benchmarks.trial.Trial;
import io.github.graceful4j.benchmarks.trial.WarmUp;

/** How long it takes from the order to end until the last job is over. */
public final class StopTrial implements Trial<ParkedJobs> {

    /** Creates the trial. */
    public StopTrial() {}

    @Override
    public void measure(ParkedJobs jobs, int amount, Figures figures) throws Exception {
        Start start = new Start(amount);
        WarmUp.measure(
                figures,
                () -> {
                    start.untilParked(jobs);
                    long began = System.nanoTime();
                    jobs.stop();
                    return new long[] {System.nanoTime() - began};
                },
                "stopped");
    }
}
