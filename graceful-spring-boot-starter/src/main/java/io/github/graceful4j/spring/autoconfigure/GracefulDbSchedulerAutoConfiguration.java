package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.spring.worksource.DbSchedulerSources;
import io.github.graceful4j.spring.worksource.WorkSources;
import com.github.kagkarlsson.scheduler.Scheduler;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/** Has the executions of db-scheduler end before the shutdown jobs run, where db-scheduler is present. */
@AutoConfiguration
@ConditionalOnClass(Scheduler.class)
@ConditionalOnProperty(name = "graceful.work-sources.db-scheduler.enabled", matchIfMissing = true)
@Conditional(OnGracefulEnabled.class)
public final class GracefulDbSchedulerAutoConfiguration {

    @Bean
    @Lazy
    static WorkSources gracefulDbSchedulerSources(ConfigurableListableBeanFactory beans) {
        return new DbSchedulerSources(beans);
    }
}
