package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.spring.GracefulManagerBuilderCustomizer;
import io.github.graceful4j.spring.observation.ShutdownObservations;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Observes the shutdown where there is a registry of observations. */
@AutoConfiguration(
        before = GracefulAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@Conditional(OnGracefulEnabled.class)
public final class GracefulObservationAutoConfiguration {

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    ShutdownObservations gracefulShutdownObservations() {
        return new ShutdownObservations();
    }

    /** What handles observations may use the manager; so the registry is asked for when all beans are there. */
    @Bean
    @Lazy
    Companion gracefulObservationsCompanion(
            ShutdownObservations gracefulShutdownObservations, ObjectProvider<ObservationRegistry> registry) {
        return manager ->
                gracefulShutdownObservations.begin(registry.getIfUnique(() -> ObservationRegistry.NOOP), manager);
    }

    @Bean
    @Lazy
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    GracefulManagerBuilderCustomizer gracefulObservedJobs(ShutdownObservations gracefulShutdownObservations) {
        return builder -> builder.jobDecorator(gracefulShutdownObservations);
    }
}
