package io.github.graceful4j.spring.lifecycle;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;

/** The readiness of an application. */
final class Readiness {

    /** What Spring Boot calls it; a look-up by type takes its time. */
    private static final String BEAN = "applicationAvailability";

    private Readiness() {}

    /** Spring Boot does this for web applications, before it tells anyone of the close, and for no others. */
    static void turnOff(ApplicationContext context) {
        ApplicationAvailability availability = context.containsBean(BEAN)
                ? context.getBean(BEAN, ApplicationAvailability.class)
                : context.getBeanProvider(ApplicationAvailability.class).getIfAvailable();
        if (availability == null || availability.getReadinessState() != ReadinessState.REFUSING_TRAFFIC) {
            AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        }
    }
}
