package io.github.graceful4j.spring.lifecycle;

import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * Publishes events to the listeners of a context alone. What the context itself publishes goes up to its parents, which
 * would take it for theirs. Thread-safe, as it is immutable.
 *
 * @param context the context
 */
public record OwnListeners(ConfigurableApplicationContext context) implements ApplicationEventPublisher {

    /** What Spring Boot calls it; a look-up by type takes its time. */
    private static final String AVAILABILITY = "applicationAvailability";

    @Override
    public void publishEvent(Object event) {
        ApplicationEvent wrapped =
                event instanceof ApplicationEvent ready ? ready : new PayloadApplicationEvent<>(context, event);
        context.getBeanFactory()
                .getBean(
                        AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
                        ApplicationEventMulticaster.class)
                .multicastEvent(wrapped);
    }

    /**
     * Turns readiness off. Spring Boot does this for web applications, before it tells anyone of the close, and for no
     * others.
     */
    void turnReadinessOff() {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        ApplicationAvailability availability = beans.containsLocalBean(AVAILABILITY)
                ? beans.getBean(AVAILABILITY, ApplicationAvailability.class)
                : null;
        if (availability == null || availability.getReadinessState() != ReadinessState.REFUSING_TRAFFIC) {
            try {
                AvailabilityChangeEvent.publish(this, context, ReadinessState.REFUSING_TRAFFIC);
            } catch (RuntimeException e) {
                LoggerFactory.getLogger(OwnListeners.class)
                        .warn("Somebody who was told that readiness is off failed", e);
            }
        }
    }
}
