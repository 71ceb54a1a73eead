package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.GracefulManagerBuilder;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.spring.GracefulManagerBuilderCustomizer;
import io.github.graceful4j.spring.job.ApplicationClassLoader;
import io.github.graceful4j.spring.job.JobOverrides;
import io.github.graceful4j.spring.lifecycle.CloseSettings;
import io.github.graceful4j.spring.lifecycle.FailureExit;
import io.github.graceful4j.spring.lifecycle.JobsStart;
import io.github.graceful4j.spring.lifecycle.SignalSettings;
import io.github.graceful4j.spring.report.ReportKeeper;
import io.github.graceful4j.spring.report.ReportSettings;
import io.github.graceful4j.spring.worksource.LibrarySettings;
import java.time.Duration;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Makes the manager of an application context, and what goes with it, as the properties say. Thread-safe, as it is
 * immutable.
 */
final class ManagerFactory {

    private static final int DEFAULT_RESERVE_PART = 5;
    private static final String REPORT_KEEPER = "gracefulReportKeeper";
    private static final String FAILURE_EXIT = "gracefulFailureExit";

    private final ConfigurableApplicationContext context;
    private final ConfigurableEnvironment environment;
    private final GracefulProperties properties;
    private final ReportKeeper reports;

    ManagerFactory(ConfigurableApplicationContext context) {
        this.context = context;
        this.environment = context.getEnvironment();
        this.properties = RareProperty.bind(environment, "graceful", GracefulProperties.class);
        this.reports = newReportKeeper();
    }

    /** The first bean of all that is made for a manager, and so one of the last that are destroyed. */
    private ReportKeeper newReportKeeper() {
        ReportKeeper keeper = new ReportKeeper(new ReportSettings(
                properties.report().file(),
                properties.report().html(),
                properties.report().terminationMessage()));
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        beans.registerSingleton(REPORT_KEEPER, keeper);
        ((DefaultSingletonBeanRegistry) beans).registerDisposableBean(REPORT_KEEPER, keeper);
        return keeper;
    }

    ReportKeeper reports() {
        return reports;
    }

    GracefulManager newManager() {
        GracefulManagerBuilder builder = GracefulManager.builder()
                .gracePeriod(properties.gracePeriod().duration())
                .interruptLead(properties.interruptLead())
                .autoStart(false)
                .signals(false)
                .defaultPhases(
                        properties.runningJobs().phase(),
                        properties.shutdownJobs().phase())
                .virtualThreads(isVirtual())
                .jobDecorator(
                        new ApplicationClassLoader(context.getBeanFactory().getBeanClassLoader()))
                .delegate(newExit());
        Duration reserve = properties.reserve();
        if (reserve != null) {
            builder.reserve(reserve);
        }
        context.getBeanProvider(ShutdownListener.class).orderedStream().forEach(builder::listener);
        context.getBeanProvider(GracefulManagerBuilderCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    private FailureExit newExit() {
        FailureExit exit = new FailureExit(context, properties.jobFailure().exitCode());
        context.getBeanFactory().registerSingleton(FAILURE_EXIT, exit);
        return exit;
    }

    /** As Spring Boot decides it; its own class for that is in another package in each line. */
    private boolean isVirtual() {
        return environment.getProperty("spring.threads.virtual.enabled", Boolean.class, false)
                && Runtime.version().feature() >= 21;
    }

    LibrarySettings librarySettings() {
        GracefulProperties.WorkSources sources = properties.workSources();
        return new LibrarySettings(
                sources.quartz().enabled(),
                sources.dbScheduler().enabled(),
                sources.jobrunr().enabled(),
                sources.temporal().enabled(),
                sources.batch().enabled(),
                sources.executors().enabled());
    }

    JobOverrides jobOverrides() {
        return new JobOverrides(properties.jobs(), properties.runningJobs().onFailure());
    }

    JobsStart jobsStart() {
        if (!properties.runningJobs().autoStartup()) {
            return JobsStart.NEVER;
        }
        return properties.runningJobs().start() == GracefulProperties.Start.READY ? JobsStart.READY : JobsStart.STARTED;
    }

    CloseSettings closeSettings() {
        return closeSettings(environment, properties);
    }

    /** Returns how the close of a context goes that has these properties. */
    static CloseSettings closeSettings(ConfigurableEnvironment environment, GracefulProperties properties) {
        Duration gracePeriod = properties.gracePeriod().duration();
        Duration reserve = properties.reserve();
        return new CloseSettings(
                gracePeriod,
                reserve == null ? gracePeriod.dividedBy(DEFAULT_RESERVE_PART) : reserve,
                properties.beforeJobs().timeout(),
                properties.drain().delay(),
                properties.halt().exitCode(),
                new SignalSettings(
                        properties.sigterm().exitCode(),
                        properties.secondSignal() == GracefulProperties.SecondSignal.HALT),
                () -> ReportKeeper.diesDuringStart(properties.report().file()));
    }
}
