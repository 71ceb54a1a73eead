package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.spring.job.AnnotatedTypes;
import io.github.graceful4j.spring.job.JobMethod;
import io.github.graceful4j.spring.job.JobMethodFinder;
import io.github.graceful4j.spring.lifecycle.ExitWatch;
import io.github.graceful4j.spring.lifecycle.OwnManager;
import io.github.graceful4j.spring.lifecycle.UnmanagedClose;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Whether an application context has a manager, and what follows from it. It has one made where a bean has a job or a
 * property of {@code graceful} is set; and whoever asks for the manager, and whenever, from then on it goes with the
 * context. Without a manager, next to nothing is done.
 *
 * <p>Thread-safe: all that changes is guarded by {@code this}.
 */
final class Management {

    /** The name of the bean that the manager is by default. */
    static final String MANAGER = "gracefulManager";

    /** Another name of it, which a manager of the application's own does not have. */
    static final String DEFAULT_MANAGER = "gracefulDefaultManager";

    private final ConfigurableApplicationContext context;
    private final ExitWatch exit;
    private @Nullable ManagerFactory factory;
    private @Nullable ManagedContext managed;
    private @Nullable UnmanagedClose unmanaged;
    private boolean complete;
    private boolean refreshed;

    Management(ConfigurableApplicationContext context) {
        this.context = context;
        this.exit = context.getBeanFactory().getSingleton(ExitWatch.BEAN) instanceof ExitWatch begun
                ? begun
                : new ExitWatch(
                        context, new StartListener()); // which nobody began: Spring Boot does not run this application
    }

    GracefulManager newManager() {
        GracefulManager manager = factory().newManager();
        manage(manager);
        return manager;
    }

    private synchronized ManagerFactory factory() {
        ManagerFactory known = factory;
        if (known == null) {
            known = new ManagerFactory(context);
            factory = known;
        }
        return known;
    }

    private void manage(GracefulManager manager) {
        ManagedContext late = new ManagedContext(context, manager, factory(), exit);
        if (isLate(late)) {
            late.begin();
            if (isRefreshed()) {
                late.started();
            }
        }
    }

    private void manageOwn(GracefulManager own) {
        OwnManager.check(context, own);
        manage(own);
    }

    /** Takes note of the manager; returns whether the context is past the point where it begins. */
    private synchronized boolean isLate(ManagedContext added) {
        managed = added;
        return complete;
    }

    private synchronized boolean isRefreshed() {
        return refreshed;
    }

    @Nullable
    GracefulManager manager() {
        ManagedContext known = managed();
        return known == null ? null : known.manager();
    }

    private synchronized @Nullable ManagedContext managed() {
        return managed;
    }

    /** All beans are there, and none of them has been started. */
    void beansAreThere(AnnotatedTypes annotatedTypes) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        List<JobMethod> methods = new JobMethodFinder(beans, annotatedTypes).find();
        if (!beans.containsLocalBean(DEFAULT_MANAGER)) {
            manageOwn(beans.getBean(GracefulManager.class));
        } else if (!methods.isEmpty() || RareProperty.isAnySet(context.getEnvironment(), "graceful")) {
            GracefulManager made = beans.getBean(MANAGER, GracefulManager.class);
            if (managed() == null) {
                manageOwn(made); // by another definition, which overrides the one that comes by newManager
            }
        }
        ManagedContext known = complete();
        if (known == null) {
            UnmanagedClose close = new UnmanagedClose(context, exit);
            close.prepare();
            setUnmanaged(close);
        } else {
            known.register(methods);
            known.begin();
        }
    }

    private synchronized void setUnmanaged(UnmanagedClose close) {
        unmanaged = close;
    }

    private synchronized @Nullable UnmanagedClose unmanaged() {
        return managed == null ? unmanaged : null;
    }

    private synchronized @Nullable ManagedContext complete() {
        complete = true;
        return managed;
    }

    void refreshed(Object which) {
        ManagedContext known = which.equals(context) ? setRefreshed() : null;
        if (known != null) {
            known.started();
        }
    }

    private synchronized @Nullable ManagedContext setRefreshed() {
        refreshed = true;
        return managed;
    }

    /** An application is ready. */
    void ready(Object which) {
        ManagedContext known = which.equals(context) ? managed() : null;
        if (known != null) {
            known.ready();
        }
    }

    void closing(Object which) {
        if (which.equals(context)) {
            UnmanagedClose unmanagedClose = unmanaged();
            ManagedContext known = managed();
            if (unmanagedClose != null) {
                unmanagedClose.begin();
            } else if (known != null) {
                known.closing();
            }
        }
    }

    List<String> waitingFor() {
        ManagedContext known = managed();
        return known == null ? List.of() : known.waitingFor();
    }

    /** All beans are destroyed. */
    void closed() {
        UnmanagedClose unmanagedClose = unmanaged();
        ManagedContext known = managed();
        if (unmanagedClose != null) {
            unmanagedClose.closed();
        } else if (known != null) {
            known.closed();
        }
    }
}
