package io.github.graceful4j.spring.worksource;

import io.github.graceful4j.GracefulManager;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Tells the executions of batch jobs to stop that this process runs, so that they end as {@code STOPPED} and can be
 * started again. Which ones these are, no repository tells, since others may share it; so a listener takes note.
 * Thread-safe, as it is immutable.
 */
final class BatchSources implements WorkSources {

    private final ConfigurableListableBeanFactory beans;

    /**
     * Creates the sources of a context.
     *
     * @param beans the beans of the context
     */
    BatchSources(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    // Of the ways to stop an execution, the only one that there is in each line.
    @SuppressWarnings("removal")
    @Override
    public void register(GracefulManager manager) {
        JobOperator operator = beans.getBeanProvider(JobOperator.class).getIfUnique();
        String[] names = beans.getBeanNamesForType(AbstractJob.class, false, false);
        if (operator == null || names.length == 0) {
            return;
        }
        BatchSource source = new BatchSource(operator::stop);
        beans.addBeanPostProcessor(new Listening(source));
        for (String name : names) {
            if (beans.containsSingleton(name)) {
                source.listenTo(beans.getBean(name, AbstractJob.class));
            }
        }
        manager.addWorkSource("batch", source);
    }

    /** Listens to jobs that are made later. */
    private record Listening(BatchSource source) implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (bean instanceof AbstractJob job) {
                source.listenTo(job);
            }
            return bean;
        }
    }
}
