package io.github.graceful4j.spring.worksource;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.work.WorkSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.Phased;
import org.springframework.util.ClassUtils;

/**
 * Registers the work sources of an application context with its manager: those of the application, which are beans, and
 * those of libraries. These are no auto-configurations of their own, which every application would pay for at its
 * start: what is here is looked at only where there is a manager. Immutable and thread-safe.
 *
 * @param beans the beans of the context
 * @param settings of which libraries there are sources
 */
public record WorkSourceBeans(ConfigurableListableBeanFactory beans, LibrarySettings settings) {

    /**
     * Registers all sources there are. A bean that has a phase stops in that.
     *
     * @param manager the manager of the context
     */
    public void register(GracefulManager manager) {
        if (manager.requestedShutdown() != null) {
            return; // somebody asked for the manager of a context that closes
        }
        new BeanSources<>(beans, WorkSource.class, source -> source)
                .register(
                        (name, source) -> {
                            if (source instanceof Phased phased) {
                                manager.addWorkSource(name, source, phased.getPhase());
                            } else {
                                manager.addWorkSource(name, source);
                            }
                        },
                        manager);
        registerLibraries(manager);
    }

    /** Each adapter is touched only where its library is there. */
    private void registerLibraries(GracefulManager manager) {
        if (settings.quartz() && isPresent("org.quartz.Scheduler")) {
            new QuartzSources(beans).register(manager);
        }
        if (settings.dbScheduler() && isPresent("com.github.kagkarlsson.scheduler.Scheduler")) {
            new DbSchedulerSources(beans).register(manager);
        }
        if (settings.jobrunr() && isPresent("org.jobrunr.server.BackgroundJobServer")) {
            new JobRunrSources(beans).register(manager);
        }
        if (settings.temporal() && isPresent("io.temporal.worker.WorkerFactory")) {
            new TemporalSources(beans).register(manager);
        }
        if (settings.batch() && isPresent("org.springframework.batch.core.launch.JobOperator")) {
            new BatchSources(beans).register(manager);
        }
        if (settings.executors()) {
            new ExecutorSources(beans).register(manager);
        }
    }

    private boolean isPresent(String type) {
        return ClassUtils.isPresent(type, beans.getBeanClassLoader());
    }
}
