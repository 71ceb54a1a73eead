package io.github.graceful4j;

/** Where JVM shutdown hooks are registered: the JVM, except in tests. */
interface JvmHooks {

    /**
     * Registers a hook.
     *
     * @throws IllegalStateException if the JVM is exiting already
     */
    void add(Thread hook);

    /**
     * Removes a hook.
     *
     * @throws IllegalStateException if the JVM is exiting already
     */
    void remove(Thread hook);

    /** Returns whether the JVM is exiting, which it tells nobody but by taking no hook any more. */
    default boolean isExiting() {
        Thread probe = new Thread(JvmHooks::doNothing, "graceful-exit-probe");
        try {
            add(probe);
            remove(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private static void doNothing() {}

    static JvmHooks system() {
        return new JvmHooks() {
            @Override
            public void add(Thread hook) {
                Runtime.getRuntime().addShutdownHook(hook);
            }

            @Override
            public void remove(Thread hook) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        };
    }
}
