package io.github.graceful4j.internal.jvm;

import java.util.function.Consumer;

/**
 * Gives signals to somebody else who decides what becomes of them. A hub of another class loader that is above counts
 * on being waited for before a signal goes on, so whoever hands one on waits for it first.
 *
 * <p>Thread-safe, as it is immutable.
 *
 * @param name the name of the signal, such as {@code TERM}
 * @param target what is given the signals
 */
public record Relay(String name, Consumer<Relay.Relayed> target) implements Signals.Handler {

    /** A signal that has arrived, and can be handed on. */
    public record Relayed(String signal, Signals.Arrival arrival) {

        /** Hands the signal on to what handled it before, when those who count on it are done. */
        public void handOn() {
            for (Runnable guest : arrival.guests()) {
                guest.run();
            }
            arrival.handOn();
        }
    }

    /**
     * Installs one.
     *
     * @return what takes it off again
     * @throws UnsupportedOperationException if the signal can't be handled
     */
    public static Runnable install(String name, Consumer<Relayed> target) {
        return Signals.system().install(name, new Relay(name, target));
    }

    @Override
    public void handle(Signals.Arrival arrival) {
        Relayed relayed = new Relayed("SIG" + name, arrival);
        if (arrival.guests().isEmpty()) {
            target.accept(relayed);
        } else {
            // The hub above has to go on at once, to wait for its own.
            Threads.lasting()
                    .newThread("graceful-" + name, () -> target.accept(relayed))
                    .start();
        }
    }
}
