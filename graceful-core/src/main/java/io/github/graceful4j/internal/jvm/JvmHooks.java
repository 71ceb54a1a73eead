package io.github.graceful4j.internal.jvm;

/**
 * Where JVM shutdown hooks are registered: the JVM, except in tests.
 *
 * <p>Implementations are thread-safe.
 */
public interface JvmHooks {

    /**
     * Registers a hook.
     *
     * @param hook what the JVM starts when it exits
     * @throws IllegalStateException if the JVM is exiting already
     */
    void add(Thread hook);

    /**
     * Removes a hook.
     *
     * @param hook what was registered
     * @throws IllegalStateException if the JVM is exiting already
     */
    void remove(Thread hook);

    /** Returns whether the JVM is exiting, which it tells nobody but by taking no hook any more. */
    default boolean isExiting() {
        Thread probe = new Thread("graceful-exit-probe");
        try {
            add(probe);
            remove(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Returns the hooks of the JVM. */
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
