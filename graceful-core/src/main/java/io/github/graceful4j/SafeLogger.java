package io.github.graceful4j;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Logs, and never throws: neither a logging backend that fails nor an exception whose message can't be told may hold up
 * a shutdown.
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

    void warn(String message, @Nullable Object... arguments) {
        attempt(() -> logger.warn(message, arguments));
    }

    void error(String message, @Nullable Object... arguments) {
        attempt(() -> logger.error(message, arguments));
    }

    private static void attempt(Runnable line) {
        try {
            line.run();
        } catch (Throwable e) {
            // There is nowhere left to say so, and the shutdown matters more than a line about it.
        }
    }
}
