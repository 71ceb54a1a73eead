package io.github.graceful4j.benchmarks.trial.parked;

import io.github.graceful4j.benchmarks.trial.Figures;
import io.github.graceful4j.benchmarks.trial.Trial;
import io.github.graceful4j.benchmarks.trial.WarmUp;

/** How long it takes to hand over jobs, and until the last of them has begun. */
public final class RegisterTrial implements Trial<ParkedJobs> {

    /** Creates the trial. */
    public RegisterTrial() {}

    @Override
    public void measure(ParkedJobs jobs, int amount, Figures figures) throws Exception {
        Start start = new Start(amount);
        WarmUp.measure(
                figures,
                () -> {
                    long began = System.nanoTime();
                    long handedOver = start.of(jobs);
                    long allBegun = System.nanoTime();
                    jobs.stop();
                    return new long[] {handedOver - began, allBegun - began};
                },
                "handed over",
                "all begun");
    }
}
