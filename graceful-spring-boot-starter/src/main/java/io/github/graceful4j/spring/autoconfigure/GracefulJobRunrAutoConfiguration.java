package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.spring.worksource.JobRunrSources;
import io.github.graceful4j.spring.worksource.WorkSources;
import org.jobrunr.server.BackgroundJobServer;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/** Has the jobs of JobRunr end before the shutdown jobs run, where JobRunr is present. */
@AutoConfiguration
@ConditionalOnClass(BackgroundJobServer.class)
@ConditionalOnProperty(name = "graceful.work-sources.jobrunr.enabled", matchIfMissing = true)
@Conditional(OnGracefulEnabled.class)
public final class GracefulJobRunrAutoConfiguration {

    @Bean
    @Lazy
    static WorkSources gracefulJobRunrSources(ConfigurableListableBeanFactory beans) {
        return new JobRunrSources(beans);
    }
}
