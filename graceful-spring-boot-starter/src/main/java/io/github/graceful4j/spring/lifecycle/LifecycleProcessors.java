package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.spring.failure.MisconfigurationException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;

/** Gets what stops the beans of a context phase by phase. */
final class LifecycleProcessors {

    private static final String NAME = AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME;

    private LifecycleProcessors() {}

    /**
     * Returns the processor of a context. Spring Boot defines one; a context without one would make its own, but only
     * after all beans are there.
     *
     * @throws MisconfigurationException if the time it allows for a phase can't be set
     */
    static DefaultLifecycleProcessor of(ConfigurableApplicationContext context) {
        ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
        if (!beanFactory.containsLocalBean(NAME)) {
            DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor();
            processor.setBeanFactory(beanFactory);
            beanFactory.registerSingleton(NAME, processor);
        }
        LifecycleProcessor processor = beanFactory.getBean(NAME, LifecycleProcessor.class);
        if (processor instanceof DefaultLifecycleProcessor adjustable) {
            return adjustable;
        }
        throw new MisconfigurationException(
                "The bean '" + NAME + "' is a " + processor.getClass().getName() + " and not a "
                        + DefaultLifecycleProcessor.class.getSimpleName()
                        + ", so the phases of the application can't be fitted into one grace period.",
                "Let it extend " + DefaultLifecycleProcessor.class.getName()
                        + ", or do without jobs by setting graceful.enabled to false.",
                null);
    }
}
