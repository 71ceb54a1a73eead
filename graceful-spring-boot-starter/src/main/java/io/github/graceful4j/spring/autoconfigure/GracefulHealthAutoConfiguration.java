package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.spring.actuate.GracefulHealthIndicator;
import io.github.graceful4j.spring.actuate.JobHealth;
import io.github.graceful4j.spring.report.ReportKeeper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Adds the health of jobs where Actuator's health is present, in Spring Boot 4. */
@AutoConfiguration(after = GracefulAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
@ConditionalOnGracefulEnabled
@ConditionalOnGracefulHealth
@EnableConfigurationProperties(GracefulHealthProperties.class)
public final class GracefulHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "gracefulHealthIndicator")
    GracefulHealthIndicator gracefulHealthIndicator(
            GracefulManager gracefulManager, ReportKeeper gracefulReportKeeper, GracefulHealthProperties properties) {
        return new GracefulHealthIndicator(
                new JobHealth(gracefulManager, gracefulReportKeeper, properties.failedJobsStatus()));
    }
}
