package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.spring.actuate.GracefulHealthIndicator;
import io.github.graceful4j.spring.actuate.JobHealth;
import io.github.graceful4j.spring.report.ReportKeeper;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.ConfigurableEnvironment;

/** Adds the health of jobs where Actuator's health is present, in Spring Boot 4. */
@AutoConfiguration(after = GracefulAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
@Conditional(OnGracefulEnabled.class)
@ConditionalOnGracefulHealth
public final class GracefulHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "gracefulHealthIndicator")
    GracefulHealthIndicator gracefulHealthIndicator(
            ContextJobs gracefulContextJobs,
            ObjectProvider<ReportKeeper> reports,
            ConfigurableEnvironment environment) {
        return new GracefulHealthIndicator(new JobHealth(
                gracefulContextJobs::manager,
                () -> reports.getObject().previous(),
                GracefulHealthProperties.of(environment).failedJobsStatus()));
    }
}
