package io.github.graceful4j;

/**
 * Shuts a manager down when the JVM exits, be it for a signal or for {@link System#exit}, and holds up the JVM until
 * that is over.
 *
 * <p>Thread-safe, as it is immutable.
 */
final class ExitHook {

    private final JvmHooks hooks;
    private final Thread hook;
    private final SafeLogger logger;

    /** Creates a hook that runs {@code shutDownAndWait} when the JVM exits. */
    ExitHook(JvmHooks hooks, Runnable shutDownAndWait, SafeLogger logger) {
        this.hooks = hooks;
        this.hook = new Thread(shutDownAndWait, "graceful-jvm-exit");
        this.logger = logger;
    }

    void install() {
        try {
            hooks.add(hook);
        } catch (IllegalStateException e) {
            logger.debug("The JVM is exiting already, so the manager is not told of it", e);
        }
    }

    void remove() {
        try {
            hooks.remove(hook);
        } catch (IllegalStateException e) {
            logger.debug("The JVM is exiting, so its hook stays", e);
        }
    }
}
