package io.github.graceful4j.spring.lifecycle;

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
}
