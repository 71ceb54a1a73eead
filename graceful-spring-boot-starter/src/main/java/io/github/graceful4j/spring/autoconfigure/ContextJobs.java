package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.spring.job.AnnotatedTypes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.Ordered;

/**
 * Hears from Spring what happens to an application context, and hands it on to what manages the jobs in it. Spring
 * loads every class that a bean names in a field or a method, so there is no more here than that.
 */
final class ContextJobs implements SmartInitializingSingleton, ApplicationContextAware, SmartApplicationListener {

    private final AnnotatedTypes annotatedTypes;
    private final CloseEnd closeEnd;

    @SuppressWarnings("NullAway.Init") // Spring has it set before it calls anything else
    private Management management;

    ContextJobs(AnnotatedTypes annotatedTypes, CloseEnd closeEnd) {
        this.annotatedTypes = annotatedTypes;
        this.closeEnd = closeEnd;
    }

    @Override
    public void setApplicationContext(ApplicationContext context) {
        management = new Management((ConfigurableApplicationContext) context);
        closeEnd.tell(management);
    }

    /** Makes the manager, for whoever asks for it first. */
    GracefulManager newManager() {
        return management.newManager();
    }

    /** Returns the manager, or {@code null} while nobody needs one. */
    @Nullable
    GracefulManager manager() {
        return management.manager();
    }

    /** Returns the names of what the close waits for now, apart from jobs, as far as it is known. */
    List<String> waitingFor() {
        return management.waitingFor();
    }

    @Override
    public void afterSingletonsInstantiated() {
        management.beansAreThere(annotatedTypes);
    }

    /** Before other listeners: the grace period is about all that follows. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }

    /** The grace period has to begin before the close goes on, also with an asynchronous multicaster. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }

    @Override
    public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
        return type == ContextRefreshedEvent.class
                || type == ContextClosedEvent.class
                || type == ApplicationReadyEvent.class;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof ContextRefreshedEvent) {
            management.refreshed(event.getSource());
        } else if (event instanceof ContextClosedEvent) {
            management.closing(event.getSource());
        } else if (event instanceof ApplicationReadyEvent ready) {
            management.ready(ready.getApplicationContext());
        }
    }
}
