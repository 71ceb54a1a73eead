package io.github.graceful4j.internal.jvm;

import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * Makes threads that keep nothing of their maker. Immutable and thread-safe.
 *
 * @param loader the context class loader of the threads
 * @param daemon whether the process may end while they run
 */
record OwnThreads(@Nullable ClassLoader loader, boolean daemon) implements Threads {

    @Override
    public Thread newThread(String name, Runnable work) {
        Thread thread = unrelated(name, work);
        thread.setDaemon(daemon);
        thread.setContextClassLoader(loader);
        return thread;
    }

    /** Before Java 24, what a thread keeps of its maker includes the classes on his stack. */
    @SuppressWarnings("removal") // a Java that lacks it does not come that far
    private static Thread unrelated(String name, Runnable work) {
        Unrelated made = new Unrelated(name, work);
        return Runtime.version().feature() >= 24 ? made.run() : AccessController.doPrivileged(made);
    }

    private record Unrelated(String name, Runnable work) implements PrivilegedAction<Thread> {

        @Override
        public Thread run() {
            return new Thread(null, work, name, 0, false);
        }
    }
}
