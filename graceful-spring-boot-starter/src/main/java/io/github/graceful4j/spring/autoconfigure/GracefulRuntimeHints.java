package io.github.graceful4j.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/**
 * Tells ahead-of-time processing of the properties, which are bound only where one is set, and so are no beans, and of
 * what is read by reflection.
 */
final class GracefulRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        BindableRuntimeHintsRegistrar.forTypes(GracefulProperties.class, GracefulHealthProperties.class)
                .registerHints(hints);
        hints.reflection().registerType(TimeLimit.class, MemberCategory.INVOKE_PUBLIC_METHODS);
        // a lifecycle processor of the application's own, which tells nothing, is watched by these
        hints.proxies().registerJdkProxy(ConfigurableListableBeanFactory.class);
        hints.reflection()
                .registerType(
                        DefaultLifecycleProcessor.class,
                        type -> type.withField("beanFactory")
                                .withField("timeoutPerShutdownPhase")
                                .withField("timeoutsForShutdownPhases"));
        // which of several beans of a class it is that is destroyed
        hints.reflection().registerType(DefaultSingletonBeanRegistry.class, type -> type.withField("disposableBeans"));
        // what a work source reads, since nobody tells
        hints.reflection().registerType(SimpleAsyncTaskExecutor.class, type -> type.withField("taskDecorator"));
        hints.reflection()
                .registerType(
                        SimpleAsyncTaskScheduler.class,
                        type -> type.withField("triggerExecutor").withField("fixedDelayExecutor"));
    }
}
