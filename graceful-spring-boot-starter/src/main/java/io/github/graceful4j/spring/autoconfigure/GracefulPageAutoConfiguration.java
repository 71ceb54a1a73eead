package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.spring.actuate.GracefulEndpoint;
import io.github.graceful4j.spring.actuate.GracefulPageExtension;
import io.github.graceful4j.spring.report.ReportKeeper;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Shows the endpoint {@code graceful} as a page to browsers. */
@AutoConfiguration(after = GracefulEndpointAutoConfiguration.class)
@ConditionalOnClass(EndpointWebExtension.class)
@ConditionalOnBean(GracefulEndpoint.class)
public final class GracefulPageAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    GracefulPageExtension gracefulPageExtension(
            ObjectProvider<GracefulManager> manager,
            ObjectProvider<ReportKeeper> reports,
            ContextJobs gracefulContextJobs,
            GracefulEndpointProperties properties) {
        return new GracefulPageExtension(
                manager::getObject,
                () -> reports.getObject().previous(),
                gracefulContextJobs::waitingFor,
                properties.showValues());
    }
}
