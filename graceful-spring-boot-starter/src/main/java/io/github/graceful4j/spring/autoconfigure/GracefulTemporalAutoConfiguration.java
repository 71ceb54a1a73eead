package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.spring.worksource.TemporalSources;
import io.github.graceful4j.spring.worksource.WorkSources;
import io.temporal.worker.WorkerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/** Has the tasks of Temporal's workers end before the shutdown jobs run, where Temporal is present. */
@AutoConfiguration
@ConditionalOnClass(WorkerFactory.class)
@ConditionalOnProperty(name = "graceful.work-sources.temporal.enabled", matchIfMissing = true)
@Conditional(OnGracefulEnabled.class)
public final class GracefulTemporalAutoConfiguration {

    @Bean
    @Lazy
    static WorkSources gracefulTemporalSources(ConfigurableListableBeanFactory beans) {
        return new TemporalSources(beans);
    }
}
