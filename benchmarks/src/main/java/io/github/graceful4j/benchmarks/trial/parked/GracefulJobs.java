package io.github.graceful4j.benchmarks.trial.parked;

import io.github.graceful4j.GracefulManager;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Running jobs of a manager. */
public final class GracefulJobs implements ParkedJobs {

    private @Nullable GracefulManager manager;

    /** Creates the candidate. */
    public GracefulJobs() {}

    @Override
    public void start(List<String> names, Runnable begun) {
        manager = GracefulManager.builder().virtualThreads(true).signals(false).build();
        add(manager, names, begun);
    }

    static void add(GracefulManager manager, List<String> names, Runnable begun) {
        for (String name : names) {
            manager.addRunningJob(name, context -> {
                begun.run();
                context.awaitCancellation();
            });
        }
    }

    @Override
    public void stop() {
        if (manager != null) {
            manager.close();
            manager = null;
        }
    }
}
