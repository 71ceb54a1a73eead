package io.github.graceful4j.spring.lifecycle;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * Begins the shutdown when the application context is closed, which starts the one grace period before anything has
 * stopped, and drains. Thread-safe, as it is immutable.
 */
final class ContextCloseListener implements ApplicationListener<ContextClosedEvent>, Ordered {

    private final ApplicationContext context;
    private final ContextClose close;
    private final CloseWatchdog watchdog;
    private final Drain drain;

    ContextCloseListener(ApplicationContext context, ContextClose close, CloseWatchdog watchdog, Drain drain) {
        this.context = context;
        this.close = close;
        this.watchdog = watchdog;
        this.drain = drain;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }

    /** The grace period has to begin before the close goes on, also with an asynchronous multicaster. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext().equals(context)) {
            close.begin();
            watchdog.watch(Thread.currentThread());
            drain.run();
        }
    }
}
