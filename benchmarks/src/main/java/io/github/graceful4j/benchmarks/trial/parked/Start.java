package io.github.graceful4j.benchmarks.trial.parked;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** The start of parked jobs, which is over when all have begun. */
final class Start {

    /** The last to begin still have to get from there to where they wait. */
    private static final int UNTIL_PARKED_MILLIS = 300;

    private final List<String> names;

    Start(int amount) {
        names = IntStream.range(0, amount).mapToObj(job -> "job-" + job).toList();
    }

    /** Starts the jobs; returns the moment when all were handed over, while the last have just begun. */
    long of(ParkedJobs jobs) throws Exception {
        CountDownLatch begun = new CountDownLatch(names.size());
        jobs.start(names, begun::countDown);
        long handedOver = System.nanoTime();
        begun.await();
        return handedOver;
    }

    void untilParked(ParkedJobs jobs) throws Exception {
        of(jobs);
        Thread.sleep(UNTIL_PARKED_MILLIS);
    }
}
