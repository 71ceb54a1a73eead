package io.github.graceful4j.internal.jvm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Signals that arrive only when a test says so, in an operating system that knows only some of them. */
public final class RecordingSignals implements Signals {

    /** The signals that came to whoever handled them before anything was installed here. */
    public final List<String> handedOn = new CopyOnWriteArrayList<>();

    /** Whether handlers take what is beneath theirs for that of another class loader's hub. */
    public volatile boolean isOfTwoHubs;

    /** Whether nothing can be handed on. */
    public volatile boolean isStuck;

    private final Map<String, List<Handler>> handlers = new ConcurrentHashMap<>();
    private final List<String> known;

    public RecordingSignals(String... known) {
        this.known = List.of(known);
    }

    @Override
    public Runnable install(String name, Handler handler) {
        if (!known.contains(name)) {
            throw new UnsupportedOperationException("Can't handle SIG" + name);
        }
        List<Handler> installed = handlers.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>());
        installed.add(handler);
        return () -> {
            if (installed.indexOf(handler) == installed.size() - 1) {
                installed.remove(handler);
            }
        };
    }

    /** Returns the signals for which somebody has installed a handler. */
    public List<String> handled() {
        return handlers.keySet().stream()
                .filter(name -> count(name) > 0)
                .sorted()
                .toList();
    }

    /** Returns how many handlers of a signal are installed, one on top of the other. */
    public int count(String name) {
        return handlers.getOrDefault(name, List.of()).size();
    }

    /** Delivers a signal to the topmost handler. */
    public void raise(String name, int number, Runnable... guests) {
        List<Handler> all = new ArrayList<>(handlers.getOrDefault(name, List.of()));
        if (all.isEmpty()) {
            throw new IllegalStateException("Nobody handles SIG" + name);
        }
        deliver(name, number, all, Arrays.asList(guests));
    }

    private void deliver(String name, int number, List<Handler> all, List<Runnable> guests) {
        if (all.isEmpty()) {
            handedOn.add(name);
            return;
        }
        List<Handler> beneath = all.subList(0, all.size() - 1);
        all.get(beneath.size()).handle(new Arrival() {
            @Override
            public int number() {
                return number;
            }

            @Override
            public List<Runnable> guests() {
                return guests;
            }

            @Override
            public void handOn() {
                requireNotStuck();
                deliver(name, number, beneath, List.of());
            }

            @Override
            public boolean handOnToHub(Runnable guest) {
                requireNotStuck();
                if (!isOfTwoHubs || beneath.isEmpty()) {
                    return false;
                }
                deliver(name, number, beneath, List.of(guest));
                return true;
            }
        });
    }

    private void requireNotStuck() {
        if (isStuck) {
            throw new UnsupportedOperationException("stuck");
        }
    }
}
