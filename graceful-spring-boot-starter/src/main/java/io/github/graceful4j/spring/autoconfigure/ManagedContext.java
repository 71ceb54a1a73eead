package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.spring.job.JobMethod;
import io.github.graceful4j.spring.job.JobMethodRegistrar;
import io.github.graceful4j.spring.job.JobOverrides;
import io.github.graceful4j.spring.lifecycle.ExitWatch;
import io.github.graceful4j.spring.lifecycle.LifecycleRegistrar;
import io.github.graceful4j.spring.report.ReportKeeper;
import io.github.graceful4j.spring.worksource.WorkSourceBeans;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/** An application context that has a manager. Thread-safe, as what it hands on to is. */
final class ManagedContext {

    private final ConfigurableApplicationContext context;
    private final GracefulManager manager;
    private final ReportKeeper reports;
    private final JobOverrides overrides;
    private final LifecycleRegistrar lifecycles;
    private final WorkSourceBeans sources;

    ManagedContext(
            ConfigurableApplicationContext context, GracefulManager manager, ManagerFactory factory, ExitWatch exit) {
        this.context = context;
        this.manager = manager;
        this.reports = factory.reports();
        this.overrides = factory.jobOverrides();
        this.sources = new WorkSourceBeans(context.getBeanFactory(), factory.librarySettings());
        this.lifecycles = new LifecycleRegistrar(
                context, manager, factory.closeSettings(), factory.jobsStart(), exit, factory.reports()::closed);
        exit.keptBy(reports::begin);
    }

    GracefulManager manager() {
        return manager;
    }

    /** Registers jobs of beans, before the context knows of any. */
    void register(List<JobMethod> methods) {
        new JobMethodRegistrar(context.getBeanFactory(), manager, overrides).register(methods);
    }

    /** Puts the manager among what the context starts and stops. */
    void begin() {
        sources.register(manager);
        lifecycles.register();
        context.getBeanProvider(Companion.class).orderedStream().forEach(each -> each.accompany(manager));
    }

    /** The context has started: what came too late to be started with it is started now. */
    void started() {
        lifecycles.started();
        reports.begin();
    }

    /** The application is ready. */
    void ready() {
        lifecycles.ready();
    }

    void closing() {
        lifecycles.closing();
    }

    List<String> waitingFor() {
        return lifecycles.waitingFor();
    }

    void closed() {
        lifecycles.closed();
    }
}
