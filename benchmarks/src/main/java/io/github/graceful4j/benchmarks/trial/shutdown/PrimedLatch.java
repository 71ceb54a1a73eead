package io.github.graceful4j.benchmarks.trial.shutdown;

/** The latch when its way was walked once before, with nothing to do: what no first shutdown can be faster than. */
public final class PrimedLatch implements ShutdownJobs {

    private final Latch latch = new Latch();

    /** Creates the candidate. */
    public PrimedLatch() {}

    @Override
    public void prepare(int amount, Runnable work) throws InterruptedException {
        Latch.run(amount, () -> {});
        latch.prepare(amount, work);
    }

    @Override
    public void shutDown() throws InterruptedException {
        latch.shutDown();
    }
}
