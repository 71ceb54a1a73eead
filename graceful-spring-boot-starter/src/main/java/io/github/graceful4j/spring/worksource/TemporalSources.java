package io.github.graceful4j.spring.worksource;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.work.WorkSource;
import io.temporal.worker.WorkerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Has workers of Temporal poll for no task any more, and waits for the workflow and activity tasks that they have;
 * these are interrupted when time is nearly up. Temporal does not tell how many there are. Immutable and thread-safe.
 */
final class TemporalSources implements WorkSources {

    private final BeanSources<WorkerFactory> sources;

    /**
     * Creates the sources of a context.
     *
     * @param beans the beans of the context
     */
    TemporalSources(ConfigurableListableBeanFactory beans) {
        sources = new BeanSources<>(beans, WorkerFactory.class, TemporalSource::new);
    }

    @Override
    public void register(GracefulManager manager) {
        sources.register(manager);
    }

    private record TemporalSource(WorkerFactory workers) implements WorkSource {

        @Override
        public void stopTaking() {
            if (workers.isStarted()) {
                workers.shutdown();
            }
        }

        @Override
        public long underWay() {
            return workers.isShutdown() && !workers.isTerminated() ? 1 : 0;
        }

        @Override
        public void interrupt() {
            workers.shutdownNow();
        }
    }
}
