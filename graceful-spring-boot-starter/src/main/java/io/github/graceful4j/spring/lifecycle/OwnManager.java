package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.spring.failure.MisconfigurationException;
import org.springframework.context.ConfigurableApplicationContext;

/** A manager that the application brings as a bean, in place of that of the starter. */
public final class OwnManager {

    private OwnManager() {}

    /**
     * Checks that signals are left to Spring: the jobs would else be stopped before, and beside, all that uses them.
     *
     * @throws MisconfigurationException if they are not
     */
    public static void check(ConfigurableApplicationContext context, GracefulManager own) {
        if (own.phaseControl().handlesSignals()) {
            String name = String.join("', '", context.getBeanFactory().getBeanNamesForType(GracefulManager.class));
            throw new MisconfigurationException(
                    "The bean '" + name + "' is a GracefulManager that handles signals by itself, so its jobs would be"
                            + " stopped beside the application, and not with it.",
                    "Build it with signals(false); or leave the bean out, have the starter's injected, and set that up"
                            + " with properties and beans of type GracefulManagerBuilderCustomizer.",
                    null);
        }
    }
}
