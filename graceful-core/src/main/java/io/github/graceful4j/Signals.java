package io.github.graceful4j;

/** Where handlers for the signals of the operating system are installed: the JVM, except in tests. */
interface Signals {

    /** What is done when a signal arrives. */
    @FunctionalInterface
    interface Handler {

        /**
         * Handles a signal, on a thread of its own.
         *
         * @param number the number of the signal, such as 15
         * @param previous what would have handled it otherwise
         */
        void handle(int number, Previous previous);
    }

    /** What handled a signal before. */
    interface Previous {

        /** Returns whether that is the handler of another manager. */
        boolean isManager();

        /** Hands the signal on. The JVM's own handler exits, and does not return before the JVM ends. */
        void handle();
    }

    /**
     * Installs a handler.
     *
     * @param name the name of the signal without "SIG", such as {@code TERM}
     * @param handler what to do when it arrives
     * @return puts back what handled the signal before
     * @throws UnsupportedOperationException if the JVM or the operating system does not allow it
     */
    Runnable install(String name, Handler handler);

    static Signals system() {
        return SystemSignals.INSTANCE;
    }
}
