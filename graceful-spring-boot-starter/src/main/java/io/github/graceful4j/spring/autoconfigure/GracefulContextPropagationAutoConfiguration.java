package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.spring.GracefulManagerBuilderCustomizer;
import io.github.graceful4j.spring.observation.ContextPropagation;
import io.micrometer.context.ContextSnapshotFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Propagates contexts into job threads where Micrometer's context propagation is present. */
@AutoConfiguration(before = GracefulAutoConfiguration.class)
@ConditionalOnClass(ContextSnapshotFactory.class)
@Conditional(OnGracefulEnabled.class)
public final class GracefulContextPropagationAutoConfiguration {

    // Outside of observations, so that that of a job is current in it, and not the one propagated.
    @Bean
    @Lazy
    @Order(Ordered.HIGHEST_PRECEDENCE)
    GracefulManagerBuilderCustomizer gracefulContextPropagation(ObjectProvider<ContextSnapshotFactory> snapshots) {
        return builder -> builder.jobDecorator(new ContextPropagation(
                snapshots.getIfUnique(() -> ContextSnapshotFactory.builder().build())));
    }
}
