package io.github.graceful4j.spring.worksource;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.work.WorkSource;
import org.jobrunr.server.BackgroundJobServer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Has background job servers of JobRunr take up no job any more, and waits for those in progress. JobRunr interrupts
 * them itself after the time that it was configured with. Immutable and thread-safe.
 */
final class JobRunrSources implements WorkSources {

    private final BeanSources<BackgroundJobServer> sources;

    /**
     * Creates the sources of a context.
     *
     * @param beans the beans of the context
     */
    JobRunrSources(ConfigurableListableBeanFactory beans) {
        sources = new BeanSources<>(beans, BackgroundJobServer.class, JobRunrSource::new);
    }

    @Override
    public void register(GracefulManager manager) {
        sources.register(manager);
    }

    private static final class JobRunrSource implements WorkSource {

        private final BackgroundJobServer server;
        private @Nullable StopThread stop;

        private JobRunrSource(BackgroundJobServer server) {
            this.server = server;
        }

        @Override
        public void stopTaking() {
            if (server.isRunning()) {
                stop = new StopThread("jobrunr", server::pauseProcessing);
            }
        }

        @Override
        public long underWay() {
            int inProgress = server.getJobSteward().getJobsInProgress().size();
            return stop != null && stop.isStopping() ? Math.max(1, inProgress) : inProgress;
        }
    }
}
