package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.spring.actuate.Boot3HealthIndicatorFactory;
import io.github.graceful4j.spring.actuate.JobHealth;
import io.github.graceful4j.spring.report.ReportKeeper;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ResourceLoader;

/** Adds the health of jobs where Actuator is present, in Spring Boot 3. */
@AutoConfiguration(after = GracefulAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
@Conditional(OnGracefulEnabled.class)
@ConditionalOnGracefulHealth
public final class GracefulBoot3HealthAutoConfiguration {

    // Static and with providers only: Spring asks the factory for its type before other beans are there.
    @Bean
    @ConditionalOnMissingBean(name = "gracefulHealthIndicator")
    static Boot3HealthIndicatorFactory gracefulHealthIndicator(
            ObjectProvider<ContextJobs> jobs,
            ObjectProvider<ReportKeeper> reports,
            ConfigurableEnvironment environment,
            ResourceLoader resources) {
        return new Boot3HealthIndicatorFactory(
                () -> new JobHealth(
                        jobs.getObject()::manager,
                        () -> reports.getObject().previous(),
                        GracefulHealthProperties.of(environment).failedJobsStatus()),
                resources.getClassLoader());
    }
}
