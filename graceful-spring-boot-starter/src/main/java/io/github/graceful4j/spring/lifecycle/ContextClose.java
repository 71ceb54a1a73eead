package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.spi.PhaseControl;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The close of an application context, as the reason to shut down. Thread-safe: {@code begun} is volatile, and of
 * several who begin it the control lets the first one win.
 */
final class ContextClose {

    private final ConfigurableApplicationContext context;
    private final PhaseControl control;
    private final ExitWatch exit;
    private volatile boolean begun;

    /**
     * Creates the close of a context.
     *
     * @param exit tells how much of the grace period was over before the close
     */
    ContextClose(ConfigurableApplicationContext context, PhaseControl control, ExitWatch exit) {
        this.context = context;
        this.control = control;
        this.exit = exit;
    }

    /** Begins the shutdown on the thread that closes the context, unless it began before. */
    void begin() {
        if (!begun) {
            begin(CloseReason.of(context));
        }
    }

    /**
     * Begins the shutdown before the context is closed, unless it began before.
     *
     * @param reason why it is about to be closed
     */
    void begin(ShutdownReason reason) {
        control.begin(reason, exit.elapsed());
        begun = true;
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
