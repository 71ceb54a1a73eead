package io.github.graceful4j;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs, and never throws: neither a logging backend that fails nor an exception whose message can't be told may hold up
 * a shutdown. Where SLF4J is too old for fields, or a part of it has gone since, lines are logged without them.
 *
 * <p>Thread-safe, as the logger behind it is.
 */
final class SafeLogger {

    private final Logger logger;

    SafeLogger(Logger logger) {
        this.logger = logger;
    }

    void debug(String message, @Nullable Object... arguments) {
        attempt(() -> logger.debug(message, arguments));
    }

    /** Logs a text that is only made if somebody wants to read it. */
    void debug(Supplier<String> text) {
        attempt(() -> {
            if (logger.isDebugEnabled()) {
                logger.debug("{}", text.get());
            }
        });
    }

    void info(String message, @Nullable Object... arguments) {
        attempt(() -> logger.info(message, arguments));
    }

    void info(LogFields fields, String message, @Nullable Object... arguments) {
        attempt(() -> withFields(Level.INFO, fields, message, arguments, () -> logger.info(message, arguments)));
    }

    void warn(String message, @Nullable Object... arguments) {
        attempt(() -> logger.warn(message, arguments));
    }

    void warn(LogFields fields, String message, @Nullable Object... arguments) {
        attempt(() -> withFields(Level.WARN, fields, message, arguments, () -> logger.warn(message, arguments)));
    }

    void error(String message, @Nullable Object... arguments) {
        attempt(() -> logger.error(message, arguments));
    }

    private void withFields(
            Level level, LogFields fields, String message, @Nullable Object[] arguments, Runnable plain) {
        LoggingEventBuilder line;
        try {
            line = fields.addTo(logger.atLevel(level));
        } catch (LinkageError e) {
            plain.run();
            return;
        }
        log(line, message, arguments);
    }

    /** The last argument is the cause if it is a throwable, as in SLF4J's own methods. */
    private static void log(LoggingEventBuilder line, String message, @Nullable Object[] arguments) {
        int last = arguments.length - 1;
        if (last >= 0 && arguments[last] instanceof Throwable cause) {
            line.setCause(cause).log(message, Arrays.copyOf(arguments, last));
        } else {
            line.log(message, arguments);
        }
    }

    private static void attempt(Runnable line) {
        try {
            line.run();
        } catch (Throwable e) {
            // There is nowhere left to say so, and the shutdown matters more than a line about it.
        }
    }
}
