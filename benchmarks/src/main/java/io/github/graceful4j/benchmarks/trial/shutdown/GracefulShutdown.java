package io.github.graceful4j.benchmarks.trial.shutdown;

import io.github.graceful4j.GracefulManager;
import org.jspecify.annotations.Nullable;

/** Shutdown jobs of a manager. */
public final class GracefulShutdown implements ShutdownJobs {

    private @Nullable GracefulManager manager;

    /** Creates the candidate. */
    public GracefulShutdown() {}

    @Override
    public void prepare(int amount, Runnable work) {
        manager = GracefulManager.create();
        for (int job = 0; job < amount; job++) {
            manager.addShutdownJob("job-" + job, context -> work.run());
        }
    }

    @Override
    public void shutDown() {
        if (manager != null) {
            manager.close();
        }
    }
}
