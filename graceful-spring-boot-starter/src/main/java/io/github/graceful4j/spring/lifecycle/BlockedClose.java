package io.github.graceful4j.spring.lifecycle;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** Says what keeps a context from being closed in time. */
final class BlockedClose {

    private static final Logger logger = LoggerFactory.getLogger(BlockedClose.class);

    private BlockedClose() {}

    /**
     * Logs which bean blocks the close, and where its thread is.
     *
     * @param context the context that is being closed
     * @param closing the thread that closes it
     * @param stops the beans that it stops now; {@code null} if it stops none, or that is not known
     * @param nesting the how many-th context it is that the thread closes
     * @param gracePeriod how many milliseconds it was allowed to take
     */
    static void report(
            ConfigurableApplicationContext context,
            Thread closing,
            @Nullable BeanStops stops,
            int nesting,
            long gracePeriod) {
        StackTraceElement[] stack = closing.getStackTrace();
        List<String> beans = stops == null ? List.of() : stops.hanging();
        if (beans.isEmpty()) {
            beans = new BlockingBeans(context.getBeanFactory(), nesting).in(stack);
        }
        logger.warn(
                "Application context '{}' is not closed, though its grace period of {} ms is over{}; thread '{}' is at{}",
                context.getId(),
                gracePeriod,
                beans.isEmpty() ? "" : ": it waits for bean '" + String.join("' or '", beans) + "'",
                closing.getName(),
                Arrays.stream(stack).map(frame -> "\n\tat " + frame).collect(Collectors.joining()));
    }
}
