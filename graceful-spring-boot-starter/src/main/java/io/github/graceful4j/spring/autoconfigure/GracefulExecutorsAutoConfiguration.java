package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.spring.worksource.ExecutorSources;
import io.github.graceful4j.spring.worksource.WorkSources;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/** Has the tasks of Spring's executors and schedulers end before the shutdown jobs run. */
@AutoConfiguration
@ConditionalOnProperty(name = "graceful.work-sources.executors.enabled", matchIfMissing = true)
@Conditional(OnGracefulEnabled.class)
public final class GracefulExecutorsAutoConfiguration {

    @Bean
    @Lazy
    static WorkSources gracefulExecutorSources(ConfigurableListableBeanFactory beans) {
        return new ExecutorSources(beans);
    }
}
