package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.GracefulManagerBuilder;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.spring.GracefulManagerBuilderCustomizer;
import io.github.graceful4j.spring.job.AnnotatedTypes;
import io.github.graceful4j.spring.job.ApplicationClassLoader;
import io.github.graceful4j.spring.job.JobMethodRegistrar;
import io.github.graceful4j.spring.lifecycle.CloseSettings;
import io.github.graceful4j.spring.lifecycle.LifecycleRegistrar;
import io.github.graceful4j.spring.report.ReportKeeper;
import io.github.graceful4j.spring.report.ReportSettings;
import java.time.Duration;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.annotation.RegisterReflection;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * Runs annotated methods as jobs of a {@link GracefulManager} that is stopped with the application context.
 *
 * <p>Among many beans, each look-up by type takes its time. So what all need is a field, the context comes by the way
 * that takes no look-up, and parameters are named like the bean they stand for, which Spring tries first.
 */
@AutoConfiguration
@ConditionalOnGracefulEnabled
@EnableConfigurationProperties(GracefulProperties.class)
@RegisterReflection(classes = TimeLimit.class, memberCategories = MemberCategory.INVOKE_PUBLIC_METHODS)
public final class GracefulAutoConfiguration implements ApplicationContextAware {

    private static final Duration DEFAULT_TIMEOUT_PER_PHASE = Duration.ofSeconds(30);
    private static final int DEFAULT_RESERVE_PART = 5;

    private final GracefulProperties properties;

    @SuppressWarnings("NullAway.Init") // Spring sets it before it calls any method of a bean
    private ConfigurableApplicationContext context;

    GracefulAutoConfiguration(GracefulProperties properties) {
        this.properties = properties;
    }

    @Override
    public void setApplicationContext(ApplicationContext applicationContext) {
        context = (ConfigurableApplicationContext) applicationContext;
    }

    // The context ends the manager through its lifecycle; close() would only be waited for once more.
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    GracefulManager gracefulManager(
            Environment environment,
            ObjectProvider<ShutdownListener> listeners,
            ObjectProvider<GracefulManagerBuilderCustomizer> customizers) {
        GracefulManagerBuilder builder = GracefulManager.builder()
                .gracePeriod(properties.gracePeriod().duration())
                .interruptLead(properties.interruptLead())
                .autoStart(false)
                .signals(false)
                .defaultPhases(
                        properties.runningJobs().phase(),
                        properties.shutdownJobs().phase())
                .virtualThreads(isVirtual(environment))
                .jobDecorator(
                        new ApplicationClassLoader(context.getBeanFactory().getBeanClassLoader()))
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
    static AnnotatedTypes gracefulAnnotatedTypes() {
        return new AnnotatedTypes();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    JobsInitializer gracefulJobsInitializer(
            AnnotatedTypes gracefulAnnotatedTypes,
            GracefulManager gracefulManager,
            LifecycleRegistrar gracefulLifecycleRegistrar) {
        return new JobsInitializer(
                new JobMethodRegistrar(context.getBeanFactory(), gracefulAnnotatedTypes, gracefulManager),
                gracefulLifecycleRegistrar);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    LifecycleRegistrar gracefulLifecycleRegistrar(GracefulManager gracefulManager, Environment environment) {
        Duration reserve = properties.reserve();
        return new LifecycleRegistrar(
                context,
                gracefulManager,
                new CloseSettings(
                        reserve == null ? properties.gracePeriod().duration().dividedBy(DEFAULT_RESERVE_PART) : reserve,
                        RareProperty.get(
                                environment,
                                "spring.lifecycle.timeout-per-shutdown-phase",
                                Duration.class,
                                DEFAULT_TIMEOUT_PER_PHASE),
                        properties.drain().delay(),
                        properties.halt().exitCode()));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    ReportKeeper gracefulReportKeeper() {
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
