package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.report.ShutdownReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** Says what keeps a context from starting, and so from being closed in time. */
final class BlockedStart {

    private static final Logger logger = LoggerFactory.getLogger(ExitDuringStart.class);

    private BlockedStart() {}

    /**
     * Logs which bean blocks the start, and where the thread is.
     *
     * @param context the context that starts
     * @param starting the thread that starts it
     * @param gracePeriod how long start and close were allowed to take since the JVM was told to exit
     * @param reason why it was told to
     */
    static void report(
            ConfigurableApplicationContext context, Thread starting, Duration gracePeriod, ShutdownReason reason) {
        StackTraceElement[] stack = starting.getStackTrace();
        logger.warn(
                "Application context '{}' is not closed, though its grace period of {} ms is over, which began with {}:"
                        + " it still starts{}; thread '{}' is at{}",
                context.getId(),
                gracePeriod.toMillis(),
                reason,
                beans(context.getBeanFactory(), stack),
                starting.getName(),
                Arrays.stream(stack).map(frame -> "\n\tat " + frame).collect(Collectors.joining()));
    }

    /** Returns the names of the beans that are made or called on a stack, which may be none. */
    static List<String> beansIn(ConfigurableListableBeanFactory beans, StackTraceElement[] stack) {
        List<String> made = madeOf(beans);
        return made.isEmpty() ? new BlockingBeans(beans).in(stack) : made;
    }

    private static String beans(ConfigurableListableBeanFactory beans, StackTraceElement[] stack) {
        List<String> made = madeOf(beans);
        if (!made.isEmpty()) {
            return ", and creates bean '" + String.join("' and '", made) + "'";
        }
        List<String> called = new BlockingBeans(beans).in(stack);
        return called.isEmpty() ? "" : ", and waits for bean '" + String.join("' or '", called) + "'";
    }

    /** Beans are made one for the other, so there may be several at once; later they are started one by one. */
    private static List<String> madeOf(ConfigurableListableBeanFactory beans) {
        List<String> made = new ArrayList<>();
        for (String name : beans.getBeanDefinitionNames()) {
            if (beans.isCurrentlyInCreation(name)) {
                made.add(name);
            }
        }
        return made;
    }
}
