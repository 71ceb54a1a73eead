package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.spring.worksource.BatchSources;
import io.github.graceful4j.spring.worksource.WorkSources;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/** Stops the executions of batch jobs before the shutdown jobs run, where Spring Batch is present. */
@AutoConfiguration
@ConditionalOnClass({AbstractJob.class, JobOperator.class})
@ConditionalOnProperty(name = "graceful.work-sources.batch.enabled", matchIfMissing = true)
@Conditional(OnGracefulEnabled.class)
public final class GracefulBatchAutoConfiguration {

    @Bean
    @Lazy
    static WorkSources gracefulBatchSources(ConfigurableListableBeanFactory beans) {
        return new BatchSources(beans);
    }
}
