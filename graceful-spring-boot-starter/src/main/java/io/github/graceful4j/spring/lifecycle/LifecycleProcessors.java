package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.spring.failure.MisconfigurationException;
import org.slf4j.LoggerFactory;
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
     * Returns the processor of a context. A context without one would make its own, but only after all beans are there.
     *
     * @throws MisconfigurationException if the time it allows for a phase can't be set
     */
    static DefaultLifecycleProcessor of(ConfigurableApplicationContext context) {
        ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
        if (!beanFactory.containsLocalBean(NAME)) {
            GracefulLifecycleProcessor processor = new GracefulLifecycleProcessor();
            processor.setBeanFactory(beanFactory);
            beanFactory.registerSingleton(NAME, processor);
        }
        LifecycleProcessor processor = beanFactory.getBean(NAME, LifecycleProcessor.class);
        if (processor instanceof GracefulLifecycleProcessor ours) {
            return ours;
        }
        if (processor instanceof DefaultLifecycleProcessor adjustable) {
            LoggerFactory.getLogger(GracefulLifecycleProcessor.class)
                    .info(
                            "Bean '{}' is the application's own {}, which does not tell when it stops which bean; so the"
                                    + " report of the close lacks those that stop in the background. Extend {} instead"
                                    + " to have them there",
                            NAME,
                            processor.getClass().getName(),
                            GracefulLifecycleProcessor.class.getName());
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
