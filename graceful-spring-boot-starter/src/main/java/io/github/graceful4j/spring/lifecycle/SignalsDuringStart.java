package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.GracefulManager;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Has a second signal halt the process while an application starts, before it has a manager that signals could be
 * handled by. Thread-safe, as it is immutable.
 */
public final class SignalsDuringStart {

    private final SignalledContext starting;

    private SignalsDuringStart(SignalledContext starting) {
        this.starting = starting;
    }

    /** Begins to handle signals for a context that the calling thread is about to start. */
    public static SignalsDuringStart begin(ConfigurableApplicationContext context) {
        // Never asked to do anything, and so nothing that has to be closed.
        GracefulManager handler =
                GracefulManager.builder().autoStart(false).signals(false).build();
        SignalledContext starting = new SignalledContext(context, handler, new SignalSettings(null, true));
        starting.starting();
        ProcessSignals.ofProcess().join(starting);
        return new SignalsDuringStart(starting);
    }

    /** The start is over. */
    public void end() {
        ProcessSignals.ofProcess().leave(starting);
    }
}
