package io.github.graceful4j.spring.lifecycle;

import java.lang.reflect.Field;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
