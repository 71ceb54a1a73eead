package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.spring.worksource.QuartzSources;
import io.github.graceful4j.spring.worksource.WorkSources;
import org.quartz.Scheduler;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/** Has the jobs of Quartz end before the shutdown jobs run, where Quartz is present. */
@AutoConfiguration
@ConditionalOnClass(Scheduler.class)
@ConditionalOnProperty(name = "graceful.work-sources.quartz.enabled", matchIfMissing = true)
@Conditional(OnGracefulEnabled.class)
public final class GracefulQuartzAutoConfiguration {

    @Bean
    @Lazy
    static WorkSources gracefulQuartzSources(ConfigurableListableBeanFactory beans) {
        return new QuartzSources(beans);
    }
}
