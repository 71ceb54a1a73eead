package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.GracefulManagerBuilder;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.spring.GracefulManagerBuilderCustomizer;
import io.github.graceful4j.spring.job.JobMethodRegistrar;
import io.github.graceful4j.spring.lifecycle.CloseSettings;
import io.github.graceful4j.spring.lifecycle.LifecycleRegistrar;
import io.github.graceful4j.spring.report.ReportKeeper;
import io.github.graceful4j.spring.report.ReportSettings;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/** Runs annotated methods as jobs of a {@link GracefulManager} that is stopped with the application context. */
@AutoConfiguration
@ConditionalOnGracefulEnabled
@EnableConfigurationProperties(GracefulProperties.class)
public final class GracefulAutoConfiguration {

    private static final Duration DEFAULT_TIMEOUT_PER_PHASE = Duration.ofSeconds(30);
    private static final int DEFAULT_RESERVE_PART = 5;

    // The context ends the manager through its lifecycle; close() would only be waited for once more.
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    GracefulManager gracefulManager(
            GracefulProperties properties,
            Environment environment,
            ConfigurableApplicationContext context,
            ObjectProvider<ShutdownListener> listeners,
            ObjectProvider<GracefulManagerBuilderCustomizer> customizers) {
        GracefulManagerBuilder builder = GracefulManager.builder()
                .gracePeriod(properties.gracePeriod())
                .interruptLead(properties.interruptLead())
                .autoStart(false)
                .signals(false)
                .defaultPhases(
                        properties.runningJobs().phase(),
                        properties.shutdownJobs().phase())
                .virtualThreads(isVirtual(environment))
                .delegate(reason -> context.close());
        Duration reserve = properties.reserve();
        if (reserve != null) {
            builder.reserve(reserve);
        }
        listeners.orderedStream().forEach(builder::listener);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    /** As Spring Boot decides it; its own class for that is in another package in each line. */
    private static boolean isVirtual(Environment environment) {
        return environment.getProperty("spring.threads.virtual.enabled", Boolean.class, false)
                && Runtime.version().feature() >= 21;
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    JobsInitializer gracefulJobsInitializer(
            ConfigurableApplicationContext context, GracefulManager manager, LifecycleRegistrar lifecycles) {
        return new JobsInitializer(new JobMethodRegistrar(context.getBeanFactory(), manager), lifecycles);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    LifecycleRegistrar gracefulLifecycleRegistrar(
            ConfigurableApplicationContext context,
            GracefulManager manager,
            GracefulProperties properties,
            Environment environment) {
        Duration reserve = properties.reserve();
        return new LifecycleRegistrar(
                context,
                manager,
                new CloseSettings(
                        reserve == null ? properties.gracePeriod().dividedBy(DEFAULT_RESERVE_PART) : reserve,
                        Binder.get(environment)
                                .bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
                                .orElse(DEFAULT_TIMEOUT_PER_PHASE),
                        properties.drain().delay(),
                        properties.halt().exitCode()));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    ReportKeeper gracefulReportKeeper(ConfigurableApplicationContext context, GracefulProperties properties) {
        return new ReportKeeper(
                context,
                new ReportSettings(
                        properties.report().file(),
                        properties.report().html(),
                        properties.report().terminationMessage()));
    }

    @Bean
    static LazyInitializationExcludeFilter gracefulLazyInitializationExcludeFilter() {
        return LazyInitializationExcludeFilter.forBeanTypes(JobsInitializer.class, ReportKeeper.class);
    }
}
