package io.github.graceful4j.benchmarks.trial.parked;

import io.github.graceful4j.benchmarks.trial.Figures;
import io.github.graceful4j.benchmarks.trial.Heap;
import io.github.graceful4j.benchmarks.trial.Trial;

/** How much of the heap a job takes that waits; its name, which all candidates are given, does not count. */
public final class HeapTrial implements Trial<ParkedJobs> {

    /** Enough for all classes to be loaded, which no job takes up. */
    private static final int FEW = 10;

    /** Frames of compiled code have another size; by then, it is compiled. */
    private static final int TIMES = 12;

    /** Creates the trial. */
    public HeapTrial() {}

    @Override
    public void measure(ParkedJobs jobs, int amount, Figures figures) throws Exception {
        new Start(FEW).untilParked(jobs);
        jobs.stop();
        Start start = new Start(amount);
        double cold = perJob(jobs, start, amount);
        double warm = cold;
        for (int time = 1; time < TIMES; time++) {
            warm = perJob(jobs, start, amount);
        }
        figures.tell("per job, cold", "B", cold);
        figures.tell("per job, warm", "B", warm);
    }

    private static double perJob(ParkedJobs jobs, Start start, int amount) throws Exception {
        long before = Heap.used();
        start.untilParked(jobs);
        long after = Heap.used();
        jobs.stop();
        return (double) (after - before) / amount;
    }
}
