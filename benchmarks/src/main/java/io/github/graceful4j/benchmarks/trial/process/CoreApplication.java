package io.github.graceful4j.benchmarks.trial.process;

import io.github.graceful4j.GracefulManager;

/** A manager with one shutdown job, which has nothing to do. */
public final class CoreApplication implements Application {

    /** Creates the candidate. */
    public CoreApplication() {}

    @Override
    public void start() {
        GracefulManager.create().addShutdownJob("job", context -> {});
    }
}
