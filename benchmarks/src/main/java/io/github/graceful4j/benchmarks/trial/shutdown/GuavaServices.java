package io.github.graceful4j.benchmarks.trial.shutdown;

import com.google.common.util.concurrent.AbstractIdleService;
import com.google.common.util.concurrent.ServiceManager;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Services of a Guava {@code ServiceManager}. */
public final class GuavaServices implements ShutdownJobs {

    private @Nullable ServiceManager manager;

    /** Creates the candidate. */
    public GuavaServices() {}

    @Override
    public void prepare(int amount, Runnable work) {
        List<WorkService> services = new ArrayList<>();
        for (int job = 0; job < amount; job++) {
            services.add(new WorkService(work));
        }
        manager = new ServiceManager(services);
        manager.startAsync().awaitHealthy();
    }

    @Override
    public void shutDown() {
        if (manager != null) {
            manager.stopAsync().awaitStopped();
        }
    }

    private static final class WorkService extends AbstractIdleService {

        private final Runnable work;

        WorkService(Runnable work) {
            this.work = work;
        }

        @Override
        protected void startUp() {}

        @Override
        protected void shutDown() {
            work.run();
        }
    }
}
