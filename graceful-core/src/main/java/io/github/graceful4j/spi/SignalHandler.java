package io.github.graceful4j.spi;

/**
 * What a framework does at a signal of the operating system. Set with {@link PhaseControl#handleSignal}. Thread-safe:
 * each signal comes on a thread of its own, also while an earlier one is still being handled.
 */
@FunctionalInterface
public interface SignalHandler {

    /**
     * A signal has arrived. Nothing becomes of it unless it is {@linkplain Arrival#handOn handed on}.
     *
     * @param arrival the signal
     */
    void arrived(Arrival arrival);

    /** A signal that has arrived. Thread-safe. */
    interface Arrival {

        /** Returns the name of the signal, such as {@code SIGTERM}. */
        String signal();

        /** Returns the number of the signal, such as 15. */
        int number();

        /**
         * Hands the signal on to what handled it before. If that is the JVM, it exits, and this does not return; if it
         * is a manager in plain Java, that shuts down first.
         *
         * @throws UnsupportedOperationException if what handled it before can't be reached
         */
        void handOn();
    }
}
