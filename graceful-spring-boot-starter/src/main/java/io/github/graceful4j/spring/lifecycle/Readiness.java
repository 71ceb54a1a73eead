package io.github.graceful4j.spring.lifecycle;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;

/** The readiness of an application. */
final class Readiness {

    private static final Logger logger = LoggerFactory.getLogger(Readiness.class);

    /** What Spring Boot calls it; a look-up by type takes its time. */
    private static final String BEAN = "applicationAvailability";

    private Readiness() {}

    /**
     * Spring Boot does this for web applications, before it tells anyone of the close, and for no others. Events of a
     * context go up to its parent, which goes on; so only the context's own listeners hear of this one.
     */
    static void turnOff(ConfigurableApplicationContext context) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        ApplicationAvailability availability =
                beans.containsLocalBean(BEAN) ? beans.getBean(BEAN, ApplicationAvailability.class) : null;
        if (availability == null || availability.getReadinessState() != ReadinessState.REFUSING_TRAFFIC) {
            try {
                AvailabilityChangeEvent.publish(new OwnListeners(context), context, ReadinessState.REFUSING_TRAFFIC);
            } catch (RuntimeException e) {
                logger.warn("Somebody who was told that readiness is off failed", e);
            }
        }
    }
}
