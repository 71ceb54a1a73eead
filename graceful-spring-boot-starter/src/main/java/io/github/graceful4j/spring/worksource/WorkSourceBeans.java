package io.github.graceful4j.spring.worksource;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.work.WorkSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.Phased;

/**
 * Registers the work sources of an application context with its manager: those of the application, which are beans, and
 * those of libraries. Immutable and thread-safe.
 *
 * @param beans the beans of the context
 */
public record WorkSourceBeans(ConfigurableListableBeanFactory beans) {

    /**
     * Registers all sources there are. A bean that has a phase stops in that.
     *
     * @param manager the manager of the context
     */
    public void register(GracefulManager manager) {
        if (manager.requestedShutdown() != null) {
            return; // somebody asked for the manager of a context that closes
        }
        for (String name : beans.getBeanNamesForType(WorkSource.class, false, false)) {
            WorkSource source = beans.getBean(name, WorkSource.class);
            if (source instanceof Phased phased) {
                manager.addWorkSource(name, source, phased.getPhase());
            } else {
                manager.addWorkSource(name, source);
            }
        }
        beans.getBeanProvider(WorkSources.class).orderedStream().forEach(each -> each.register(manager));
    }
}
