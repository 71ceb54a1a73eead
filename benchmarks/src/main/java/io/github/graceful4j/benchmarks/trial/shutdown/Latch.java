package io.github.graceful4j.benchmarks.trial.shutdown;

import java.util.concurrent.CountDownLatch;

/** The least that one can do: a thread for each job, and a latch. */
public final class Latch implements ShutdownJobs {

    private int amount;
    private Runnable work = () -> {};

    /** Creates the candidate. */
    public Latch() {}

    @Override
    public void prepare(int newAmount, Runnable newWork) {
        amount = newAmount;
        work = newWork;
    }

    @Override
    public void shutDown() throws InterruptedException {
        run(amount, work);
    }

    static void run(int amount, Runnable work) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(amount);
        for (int job = 0; job < amount; job++) {
            new Thread(() -> {
                        work.run();
                        done.countDown();
                    })
                    .start();
        }
        done.await();
    }
}
