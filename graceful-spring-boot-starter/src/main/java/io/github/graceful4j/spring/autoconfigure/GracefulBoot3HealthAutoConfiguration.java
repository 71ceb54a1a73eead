package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.spring.actuate.Boot3HealthIndicatorFactory;
import io.github.graceful4j.spring.actuate.JobHealth;
import io.github.graceful4j.spring.report.ReportKeeper;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ResourceLoader;

/** Adds the health of jobs where Actuator is present, in Spring Boot 3. */
@AutoConfiguration(after = GracefulAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
@ConditionalOnGracefulEnabled
@ConditionalOnGracefulHealth
@EnableConfigurationProperties(GracefulHealthProperties.class)
public final class GracefulBoot3HealthAutoConfiguration {

    // Static and with providers only: Spring asks the factory for its type before other beans are there.
    @Bean
    @ConditionalOnMissingBean(name = "gracefulHealthIndicator")
    static Boot3HealthIndicatorFactory gracefulHealthIndicator(
            ObjectProvider<GracefulManager> manager,
            ObjectProvider<ReportKeeper> reports,
            ObjectProvider<GracefulHealthProperties> properties,
            ResourceLoader resources) {
        return new Boot3HealthIndicatorFactory(
                () -> new JobHealth(
                        manager.getObject(),
                        reports.getObject(),
                        properties.getObject().failedJobsStatus()),
                resources.getClassLoader());
    }
}
