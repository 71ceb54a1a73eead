package io.github.graceful4j.internal.jvm;

import java.util.List;

/**
 * Where handlers for the signals of the operating system are installed: the JVM, except in tests.
 *
 * <p>Implementations are thread-safe.
 */
public interface Signals {

    /** What is done when a signal arrives. */
    @FunctionalInterface
    interface Handler {

        /**
         * Handles a signal, on a thread of its own.
         *
         * @param arrival the signal
         */
        void handle(Arrival arrival);
    }

    /** A signal that has arrived. */
    interface Arrival {

        /** Returns the number of the signal, such as 15. */
        int number();

        /** Returns what waits for hubs of other class loaders, which handed the signal on to this one. */
        List<Runnable> guests();

        /**
         * Hands the signal on to what handled it before. The JVM's own handler exits, and does not return before the
         * JVM ends.
         *
         * @throws UnsupportedOperationException if that can't be reached
         */
        void handOn();

        /**
         * Hands the signal on to what handled it before, if that is a hub of another class loader, which does not wait
         * before it returns.
         *
         * @param guest what that hub waits for, too, before it hands the signal on in turn
         * @return whether it is one
         */
        boolean handOnToHub(Runnable guest);
    }

    /**
     * Installs a handler.
     *
     * @param name the name of the signal without "SIG", such as {@code TERM}
     * @param handler what to do when it arrives
     * @return puts back what handled the signal before, unless somebody else has installed a handler since, who would
     *     lose it; does not block
     * @throws UnsupportedOperationException if the JVM or the operating system does not allow it
     */
    Runnable install(String name, Handler handler);

    /** Returns the signals of this process. */
    static Signals system() {
        return SystemSignals.INSTANCE;
    }
}
