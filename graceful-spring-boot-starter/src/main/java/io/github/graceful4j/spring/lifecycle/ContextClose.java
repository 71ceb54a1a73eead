package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.spi.PhaseControl;
import org.springframework.context.ConfigurableApplicationContext;

/** The close of an application context, as the reason to shut down. Thread-safe, as it is immutable. */
final class ContextClose {

    private final ConfigurableApplicationContext context;
    private final PhaseControl control;

    ContextClose(ConfigurableApplicationContext context, PhaseControl control) {
        this.context = context;
        this.control = control;
    }

    /** Begins the shutdown, unless it began before. */
    void begin() {
        control.begin(ShutdownReason.contextClosed("application context '" + context.getId() + "'"));
    }

    /**
     * Returns whether the context is being closed for good, and not only paused or stopped. If so, the shutdown has
     * begun: a listener that threw may have kept the event from ours.
     */
    boolean isUnderWay() {
        if (!context.isClosed()) {
            return false;
        }
        begin();
        return true;
    }
}
