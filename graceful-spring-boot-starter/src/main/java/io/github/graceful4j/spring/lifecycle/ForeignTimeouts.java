package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.spring.failure.MisconfigurationException;
import java.lang.reflect.Field;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * The timeouts of phases in a processor that is the application's own: they are shortened to what is left, time and
 * again, since it does not tell when a phase begins; and never lengthened. What they were set to, it does not tell
 * either, so that is read out of its fields; where that is not possible, they are left alone.
 *
 * <p>Confined to one thread at a time, first the one that closes the context, then the one beside.
 */
final class ForeignTimeouts {

    private static final Logger logger = LoggerFactory.getLogger(ForeignTimeouts.class);

    private final DefaultLifecycleProcessor processor;
    private final long perPhase;
    private final Map<Integer, Long> ofPhases;
    private final boolean known;

    ForeignTimeouts(DefaultLifecycleProcessor processor) {
        this.processor = processor;
        long readPerPhase = 0;
        Map<Integer, Long> readOfPhases = Map.of();
        boolean read = false;
        try {
            readPerPhase = (long) valueOf("timeoutPerShutdownPhase");
            readOfPhases = copyOf(valueOf("timeoutsForShutdownPhases"));
            read = true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            logger.warn(
                    "The phases of the application are not fitted into the grace period: what is set in its own"
                            + " lifecycle processor can't be read: {}",
                    e.toString());
        }
        this.perPhase = readPerPhase;
        this.ofPhases = readOfPhases;
        this.known = read;
    }

    /**
     * Returns a processor that is not ours as one whose timeouts can be set.
     *
     * @param name the name of its bean
     * @throws MisconfigurationException if they can't
     */
    static DefaultLifecycleProcessor adjustable(String name, LifecycleProcessor processor) {
        if (processor instanceof DefaultLifecycleProcessor adjustable) {
            LoggerFactory.getLogger(GracefulLifecycleProcessor.class)
                    .info(
                            "Bean '{}' is the application's own {}, which does not tell when it stops which bean; so the"
                                    + " report of the close lacks those that stop in the background. Extend {} instead"
                                    + " to have them there",
                            name,
                            processor.getClass().getName(),
                            GracefulLifecycleProcessor.class.getName());
            return adjustable;
        }
        throw new MisconfigurationException(
                "The bean '" + name + "' is a " + processor.getClass().getName() + " and not a "
                        + DefaultLifecycleProcessor.class.getSimpleName()
                        + ", so the phases of the application can't be fitted into one grace period.",
                "Let it extend " + DefaultLifecycleProcessor.class.getName()
                        + ", or do without jobs by setting graceful.enabled to false.",
                null);
    }

    private Object valueOf(String name) throws ReflectiveOperationException {
        Field field = DefaultLifecycleProcessor.class.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(processor);
    }

    @SuppressWarnings("unchecked") // as the field is declared
    private static Map<Integer, Long> copyOf(Object map) {
        return Map.copyOf((Map<Integer, Long>) map);
    }

    /** Shortens all timeouts to what is left now. */
    void shorten(WatchedClose close) {
        if (known) {
            processor.setTimeoutPerShutdownPhase(Math.min(perPhase, close.leftFor(close.likelyPhase())));
            ofPhases.forEach((phase, timeout) ->
                    processor.setTimeoutForShutdownPhase(phase, Math.min(timeout, close.leftFor(phase))));
        }
    }
}
