package io.github.graceful4j.spring.worksource;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.work.WorkSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * A work source for each bean of a type, named like the bean: for those that are there, and later for lazy ones as they
 * are made. Immutable and thread-safe.
 *
 * @param beans the beans of the context
 * @param type the type of the beans
 * @param adapter makes a source out of a bean; {@code null} if it can't be one
 * @param <T> the type of the beans
 */
record BeanSources<T>(ConfigurableListableBeanFactory beans, Class<T> type, Function<T, @Nullable WorkSource> adapter)
        implements WorkSources {

    @Override
    public void register(GracefulManager manager) {
        register((name, source) -> manager.addWorkSource(name, source), manager);
    }

    /** Registers the sources in a phase of their own. */
    void register(GracefulManager manager, int phase) {
        register((name, source) -> manager.addWorkSource(name, source, phase), manager);
    }

    void register(Registry registry, GracefulManager manager) {
        for (String name : beans.getBeanNamesForType(type, false, false)) {
            if (beans.containsSingleton(name)) {
                add(registry, name, beans.getBean(name, type));
            }
        }
        beans.addBeanPostProcessor(new Later(registry, manager));
    }

    private void add(Registry registry, String name, T bean) {
        WorkSource source = adapter.apply(bean);
        if (source != null) {
            registry.add(name, source);
        }
    }

    /** Where sources are registered. */
    @FunctionalInterface
    interface Registry {

        void add(String name, WorkSource source);
    }

    private final class Later implements BeanPostProcessor {

        private final Registry registry;
        private final GracefulManager manager;

        private Later(Registry registry, GracefulManager manager) {
            this.registry = registry;
            this.manager = manager;
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (type.isInstance(bean) && beans.containsBeanDefinition(beanName) && beans.isSingleton(beanName)) {
                add(beanName, type.cast(bean));
            }
            return bean;
        }

        private void add(String name, T bean) {
            try {
                BeanSources.this.add(registry, name, bean);
            } catch (IllegalStateException e) {
                if (manager.requestedShutdown() == null) {
                    throw e;
                }
                // What is made while the context closes comes too late to be waited for.
            }
        }
    }
}
