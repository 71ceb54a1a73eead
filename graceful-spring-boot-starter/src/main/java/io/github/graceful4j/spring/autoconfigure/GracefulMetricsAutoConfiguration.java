package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.spring.metrics.FinalPush;
import io.github.graceful4j.spring.metrics.GracefulMetrics;
import io.github.graceful4j.spring.report.ReportKeeper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.ContextRefreshedEvent;

/** Publishes meters of jobs and of the shutdown where Micrometer is present. */
@AutoConfiguration(before = GracefulAutoConfiguration.class)
@ConditionalOnClass({MeterRegistry.class, MeterBinder.class})
@ConditionalOnGracefulEnabled
public final class GracefulMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    GracefulMetrics gracefulMetrics(ObjectProvider<GracefulManager> manager, ObjectProvider<ReportKeeper> keeper) {
        return new GracefulMetrics(manager::getObject, () -> keeper.getObject().previous());
    }

    /** Registries are bound when all beans are there, jobs are found beside that; so the two meet after both. */
    @Bean
    ApplicationListener<ContextRefreshedEvent> gracefulJobMeters(GracefulMetrics gracefulMetrics) {
        return event -> gracefulMetrics.registerJobs();
    }

    @Bean
    @ConditionalOnProperty(name = "graceful.metrics.final-push", matchIfMissing = true)
    FinalPush gracefulFinalPush(ConfigurableApplicationContext context, GracefulManager gracefulManager) {
        return new FinalPush(context, gracefulManager);
    }

    @Bean
    static LazyInitializationExcludeFilter gracefulFinalPushLazyInitializationExcludeFilter() {
        return LazyInitializationExcludeFilter.forBeanTypes(FinalPush.class);
    }
}
