package io.github.graceful4j.spring.lifecycle;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** Tells each {@link DrainListener} of a context that a drain begins. Thread-safe, as the set is. */
final class DrainNotices {

    private static final Logger logger = LoggerFactory.getLogger(Drain.class);

    private final Set<String> untold = ConcurrentHashMap.newKeySet();

    private DrainNotices() {}

    /** Tells all of them, without waiting for any; nothing of what they do or throw gets out. */
    static DrainNotices send(ConfigurableApplicationContext context) {
        DrainNotices notices = new DrainNotices();
        try {
            for (String name : context.getBeanFactory().getBeanNamesForType(DrainListener.class)) {
                notices.send(context, name);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            logger.warn("Not everybody could be told of the drain", e);
        }
        return notices;
    }

    private void send(ConfigurableApplicationContext context, String name) {
        untold.add(name);
        Thread thread = new Thread(() -> tell(context, name), "graceful-drain");
        thread.setDaemon(true);
        thread.start();
    }

    private void tell(ConfigurableApplicationContext context, String name) {
        try {
            context.getBean(name, DrainListener.class).drainBegins();
        } catch (Exception | LinkageError e) {
            logger.warn("'{}' could not tell of the drain", name, e);
        } finally {
            untold.remove(name);
        }
    }

    /** The drain is over: logs who has not been told by now. */
    void sayWhoIsLate(Duration after) {
        for (String name : untold) {
            logger.warn("'{}' has not told of the drain within {} ms, and is not waited for", name, after.toMillis());
        }
    }
}
