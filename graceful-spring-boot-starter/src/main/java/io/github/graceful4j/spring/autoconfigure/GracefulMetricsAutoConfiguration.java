package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.spring.metrics.FinalPush;
import io.github.graceful4j.spring.metrics.GracefulMetrics;
import io.github.graceful4j.spring.report.ReportKeeper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/** Publishes meters of jobs and of the shutdown where Micrometer is present. */
@AutoConfiguration(before = GracefulAutoConfiguration.class)
@ConditionalOnClass({MeterRegistry.class, MeterBinder.class})
@Conditional(OnGracefulEnabled.class)
public final class GracefulMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    GracefulMetrics gracefulMetrics(ObjectProvider<ReportKeeper> keeper) {
        return new GracefulMetrics(() -> keeper.getObject().previous());
    }

    @Bean
    @Lazy
    Companion gracefulMetersCompanion(GracefulMetrics gracefulMetrics) {
        return gracefulMetrics::begin;
    }

    @Bean
    @Lazy
    @ConditionalOnProperty(name = "graceful.metrics.final-push", matchIfMissing = true)
    Companion gracefulFinalPushCompanion(ConfigurableApplicationContext context) {
        return manager -> new FinalPush(context, manager).begin();
    }
}
