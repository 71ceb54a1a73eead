package io.github.graceful4j.spring.worksource;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.work.WorkSource;
import org.quartz.InterruptableJob;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Has schedulers of Quartz fire no trigger any more, and waits for the jobs that this instance executes. Those that can
 * be interrupted are, when time is nearly up. Immutable and thread-safe.
 */
final class QuartzSources implements WorkSources {

    private final BeanSources<Scheduler> sources;

    /**
     * Creates the sources of a context.
     *
     * @param beans the beans of the context
     */
    QuartzSources(ConfigurableListableBeanFactory beans) {
        sources = new BeanSources<>(beans, Scheduler.class, QuartzSource::new);
    }

    @Override
    public void register(GracefulManager manager) {
        sources.register(manager);
    }

    private record QuartzSource(Scheduler scheduler) implements WorkSource {

        @Override
        public void stopTaking() throws SchedulerException {
            if (!scheduler.isShutdown()) {
                scheduler.standby();
            }
        }

        @Override
        public long underWay() throws SchedulerException {
            return scheduler.getCurrentlyExecutingJobs().size();
        }

        @Override
        public void interrupt() throws SchedulerException {
            for (JobExecutionContext executing : scheduler.getCurrentlyExecutingJobs()) {
                if (executing.getJobInstance() instanceof InterruptableJob) {
                    scheduler.interrupt(executing.getFireInstanceId());
                }
            }
        }
    }
}
