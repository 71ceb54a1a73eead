package io.github.graceful4j;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log of its own for one test. Thread-safe. */
final class RecordingLog {

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger logger;

    RecordingLog() {
        LoggerContext context = new LoggerContext();
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                events.add(event);
            }
        };
        appender.setContext(context);
        appender.start();
        logger = context.getLogger("test");
        logger.setLevel(Level.DEBUG);
        logger.addAppender(appender);
    }

    Logger logger() {
        return logger;
    }

    List<ILoggingEvent> events() {
        return events;
    }

    /** Returns the messages of one level. */
    List<String> lines(Level level) {
        return events.stream()
                .filter(event -> event.getLevel().equals(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
