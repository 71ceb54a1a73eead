package io.github.graceful4j.spring.worksource;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.work.WorkSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Stops schedulers of db-scheduler, each within the time that it was configured with: executions that were fetched and
 * not picked stay in the database, and those that run are told, see that, and are waited for. A pause would do neither.
 * Immutable and thread-safe.
 */
final class DbSchedulerSources implements WorkSources {

    private final BeanSources<Scheduler> sources;

    /**
     * Creates the sources of a context.
     *
     * @param beans the beans of the context
     */
    DbSchedulerSources(ConfigurableListableBeanFactory beans) {
        sources = new BeanSources<>(beans, Scheduler.class, DbSchedulerSource::new);
    }

    @Override
    public void register(GracefulManager manager) {
        sources.register(manager);
    }

    private static final class DbSchedulerSource implements WorkSource {

        private final Scheduler scheduler;
        private @Nullable StopThread stop;

        private DbSchedulerSource(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public void stopTaking() {
            if (scheduler.getSchedulerState().isStarted()
                    && !scheduler.getSchedulerState().isShuttingDown()) {
                stop = new StopThread("db-scheduler", scheduler::stop);
            }
        }

        @Override
        public long underWay() {
            int executing = scheduler.getCurrentlyExecuting().size();
            return stop != null && stop.isStopping() ? Math.max(1, executing) : executing;
        }
    }
}
