package io.github.graceful4j.benchmarks.trial.parked;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Subtasks of a {@code StructuredTaskScope}, which ends them when its owner is interrupted while it waits for them. By
 * reflection, since it is a preview of Java 25.
 */
public final class ScopeJobs implements ParkedJobs {

    private static final String SCOPE = "java.util.concurrent.StructuredTaskScope";

    private @Nullable Thread owner;

    /** Creates the candidate. */
    public ScopeJobs() {}

    @Override
    public void start(List<String> names, Runnable begun) throws InterruptedException {
        CountDownLatch forked = new CountDownLatch(1);
        owner = new Thread(() -> own(names.size(), begun, forked));
        owner.start();
        forked.await();
    }

    private static void own(int amount, Runnable begun, CountDownLatch forked) {
        try {
            Class<?> type = Class.forName(SCOPE);
            Method fork = type.getMethod("fork", Runnable.class);
            try (AutoCloseable scope = (AutoCloseable) type.getMethod("open").invoke(null)) {
                for (int job = 0; job < amount; job++) {
                    fork.invoke(scope, (Runnable) () -> {
                        begun.run();
                        ExecutorJobs.awaitInterrupt();
                    });
                }
                forked.countDown();
                type.getMethod("join").invoke(scope);
            }
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof InterruptedException)) {
                throw new IllegalStateException("The scope failed", e);
            }
        } catch (Exception e) {
            throw new IllegalStateException("Can't use " + SCOPE, e);
        }
    }

    @Override
    public void stop() throws InterruptedException {
        if (owner != null) {
            owner.interrupt();
            owner.join();
            owner = null;
        }
    }
}
