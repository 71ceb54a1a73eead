package io.github.graceful4j.benchmarks.trial.shutdown;

import java.util.concurrent.CountDownLatch;

/** Hooks of the JVM, from its exit until the last has done its work. */
public final class JvmHooks implements ShutdownJobs {

    private CountDownLatch done = new CountDownLatch(0);

    /** Creates the candidate. */
    public JvmHooks() {}

    @Override
    public void prepare(int amount, Runnable work) {
        done = new CountDownLatch(amount);
        for (int job = 0; job < amount; job++) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                work.run();
                done.countDown();
            }));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(new UntilItIsTold(Thread.currentThread())));
    }

    @Override
    public void shutDown() throws InterruptedException {
        new Thread(() -> System.exit(0)).start();
        done.await();
    }

    /** Keeps the JVM from its end until who measures has told the figures; that thread then halts it. */
    private record UntilItIsTold(Thread measuring) implements Runnable {

        @Override
        public void run() {
            try {
                measuring.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException("Nobody interrupts a hook", e);
            }
        }
    }
}
