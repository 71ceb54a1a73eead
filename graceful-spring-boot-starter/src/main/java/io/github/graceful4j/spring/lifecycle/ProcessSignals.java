package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.spi.SignalHandler;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the signals of the process for those application contexts that ask for it, and hands on all others at once. A
 * process has one set of signal handlers, and one exit code, so contexts have to know of each other here; each is known
 * from when it has a manager until it is closed, and handlers are there only while there is one.
 *
 * <p>Thread-safe: all state is guarded by {@code this}, which is not held while a signal is handed on.
 */
final class ProcessSignals implements SignalHandler {

    private static final Logger logger = LoggerFactory.getLogger(ProcessSignals.class);

    private static final String TERM = "TERM";
    private static final List<String> ENDING = List.of(TERM, "INT", "HUP");

    private static final ProcessSignals OF_PROCESS = new ProcessSignals();

    private final Set<SignalledContext> contexts = new LinkedHashSet<>();
    private final Set<String> handled = new LinkedHashSet<>();
    private final List<Runnable> undo = new ArrayList<>();
    private boolean seen;

    private ProcessSignals() {}

    /** Returns those of this process, as far as this class loader reaches. */
    static ProcessSignals ofProcess() {
        return OF_PROCESS;
    }

    /** Handles signals for a context from now on. */
    synchronized void join(SignalledContext context) {
        contexts.add(context);
        for (String name : context.settings().haltsAtSecond() ? ENDING : List.of(TERM)) {
            if (handled.add(name)) {
                install(name, context);
            }
        }
    }

    private void install(String name, SignalledContext context) {
        try {
            undo.add(context.manager().phaseControl().handleSignal(name, this));
        } catch (UnsupportedOperationException e) {
            logger.debug("SIG{} is left to the JVM: {}", name, e.getMessage());
        }
    }

    /** The context is closed: whatever signal comes is none of its business. While the process ends, it is. */
    synchronized void leave(SignalledContext context) {
        if (seen && context.isEnding()) {
            return;
        }
        if (contexts.remove(context) && contexts.isEmpty()) {
            seen = false;
            undo.forEach(Runnable::run);
            undo.clear();
            handled.clear();
        }
    }

    @Override
    public void arrived(Arrival arrival) {
        List<SignalledContext> told;
        boolean second;
        synchronized (this) {
            told = List.copyOf(contexts);
            second = seen && told.stream().anyMatch(SignalledContext::isEnding);
            seen = true;
        }
        if (second && told.stream().anyMatch(context -> context.settings().haltsAtSecond())) {
            StillRunning.printAndHalt(told, arrival);
        } else if (!arrival.signal().equals(SigtermExit.SIGNAL)) {
            arrival.handOn();
        } else if (!second) {
            SigtermExit.begin(told, arrival);
        }
    }
}
