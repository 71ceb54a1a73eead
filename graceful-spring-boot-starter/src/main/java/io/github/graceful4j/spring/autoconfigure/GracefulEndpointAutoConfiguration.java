package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.spring.actuate.GracefulEndpoint;
import io.github.graceful4j.spring.lifecycle.OwnListeners;
import io.github.graceful4j.spring.report.ReportKeeper;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Adds the endpoint {@code graceful} where Actuator is present. */
@AutoConfiguration(after = GracefulAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@Conditional(OnGracefulEnabled.class)
@ConditionalOnAvailableEndpoint(GracefulEndpoint.class)
@EnableConfigurationProperties(GracefulEndpointProperties.class)
public final class GracefulEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    GracefulEndpoint gracefulEndpoint(
            ObjectProvider<GracefulManager> manager,
            ObjectProvider<ReportKeeper> reports,
            ContextJobs gracefulContextJobs,
            ConfigurableApplicationContext context,
            GracefulEndpointProperties properties) {
        return new GracefulEndpoint(
                manager::getObject,
                () -> reports.getObject().previous(),
                gracefulContextJobs::waitingFor,
                new OwnListeners(context),
                properties.showValues());
    }
}
