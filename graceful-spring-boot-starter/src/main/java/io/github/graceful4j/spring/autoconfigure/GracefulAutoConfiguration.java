package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.spring.job.AnnotatedTypes;
import io.github.graceful4j.spring.lifecycle.GracefulLifecycleProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * Runs annotated methods as jobs of a {@link GracefulManager} that is stopped with the application context. There is a
 * manager where there is a job, somebody asks for it, or a property of {@code graceful} is set.
 *
 * <p>Most of what is here is only needed then. So the types that this class names are few, and parameters are named
 * like the bean they stand for, which Spring tries first: among many beans, each look-up by type takes its time.
 */
@AutoConfiguration(before = LifecycleAutoConfiguration.class)
@Conditional(OnGracefulEnabled.class)
public final class GracefulAutoConfiguration {

    // The context ends the manager through its lifecycle; close() would only be waited for once more.
    @Bean(
            name = {Management.MANAGER, Management.DEFAULT_MANAGER},
            destroyMethod = "")
    @Lazy
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    static GracefulManager gracefulManager(ContextJobs gracefulContextJobs) {
        return gracefulContextJobs.newManager();
    }

    /** Where Spring Boot would define its own, with the same timeout per phase. */
    @Bean(name = AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME)
    @ConditionalOnMissingBean(
            name = AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME,
            search = SearchStrategy.CURRENT)
    static GracefulLifecycleProcessor gracefulLifecycleProcessor(ObjectProvider<LifecycleProperties> properties) {
        GracefulLifecycleProcessor processor = new GracefulLifecycleProcessor();
        LifecycleProperties set = properties.getIfAvailable();
        if (set != null) {
            processor.setTimeoutPerShutdownPhase(
                    set.getTimeoutPerShutdownPhase().toMillis());
        }
        return processor;
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static CloseEnd gracefulCloseEnd() {
        return new CloseEnd();
    }

    /** The first bean of ours that is made; what it depends on is destroyed after all others. */
    @Bean
    @DependsOn("gracefulCloseEnd")
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static AnnotatedTypes gracefulAnnotatedTypes() {
        return new AnnotatedTypes();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ContextJobs gracefulContextJobs(AnnotatedTypes gracefulAnnotatedTypes, CloseEnd gracefulCloseEnd) {
        return new ContextJobs(gracefulAnnotatedTypes, gracefulCloseEnd);
    }
}
