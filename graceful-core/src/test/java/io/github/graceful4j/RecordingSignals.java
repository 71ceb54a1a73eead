package io.github.graceful4j;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Signals that arrive only when a test says so, in an operating system that knows only some of them. */
final class RecordingSignals implements Signals {

    final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    final List<String> handedOn = new CopyOnWriteArrayList<>();
    private final List<String> known;

    RecordingSignals(String... known) {
        this.known = List.of(known);
    }

    @Override
    public Runnable install(String name, Handler handler) {
        if (!known.contains(name)) {
            throw new UnsupportedOperationException("unknown signal: SIG" + name);
        }
        handlers.put(name, handler);
        return () -> handlers.remove(name, handler);
    }

    /** Delivers a signal to a manager that is the only one. */
    void raise(String name, int number) {
        raise(name, number, false);
    }

    /** Delivers a signal to a manager that was, or was not, built after another one. */
    void raise(String name, int number, boolean previousIsManager) {
        Handler handler = handlers.get(name);
        if (handler == null) {
            throw new IllegalStateException("Nobody handles SIG" + name);
        }
        handler.handle(number, new Previous() {
            @Override
            public boolean isManager() {
                return previousIsManager;
            }

            @Override
            public void handle() {
                handedOn.add(name);
            }
        });
    }
}
