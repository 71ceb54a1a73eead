package io.github.graceful4j.spring.worksource;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobKind;
import java.util.concurrent.ExecutorService;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Waits for the tasks of executors and schedulers, of Spring and of Java, just before Spring stops its own: running
 * jobs may need them until then. In a phase of its own, so that how long Spring waits for them is up to Spring.
 * Immutable and thread-safe.
 */
final class ExecutorSources implements WorkSources {

    /** Spring's is one below. */
    private static final int PHASE_OF_EXECUTORS = Integer.MAX_VALUE / 2 + 1;

    private final ConfigurableListableBeanFactory beans;

    /**
     * Creates the sources of a context.
     *
     * @param beans the beans of the context
     */
    ExecutorSources(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void register(GracefulManager manager) {
        int phase = Math.min(
                manager.phaseControl().defaultPhase(JobKind.RUNNING),
                Math.max(PHASE_OF_EXECUTORS, manager.phaseControl().defaultPhase(JobKind.SHUTDOWN)));
        new BeanSources<>(beans, SimpleAsyncTaskExecutor.class, SimpleExecutorSource::of).register(manager, phase);
        new BeanSources<>(
                        beans,
                        ThreadPoolTaskExecutor.class,
                        executor -> PooledExecutorSource.of(executor.getThreadPoolExecutor()))
                .register(manager, phase);
        new BeanSources<>(beans, ThreadPoolTaskScheduler.class, PooledExecutorSource::of).register(manager, phase);
        new BeanSources<>(
                        beans,
                        ConcurrentTaskExecutor.class,
                        executor -> PooledExecutorSource.ofPool(executor.getConcurrentExecutor()))
                .register(manager, phase);
        new BeanSources<>(beans, ExecutorService.class, PooledExecutorSource::ofPool).register(manager, phase);
    }
}
