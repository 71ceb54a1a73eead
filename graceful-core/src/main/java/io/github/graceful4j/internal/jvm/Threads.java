package io.github.graceful4j.internal.jvm;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes threads, for jobs or for the library's own work.
 *
 * <p>Threads of jobs are all daemons, platform or virtual: the process is kept alive by {@link KeepAlive}, so that a
 * job which was given up cannot keep it alive. They inherit thread locals and the context class loader from the thread
 * that starts the job, as any thread does. Threads of the library's own inherit neither, as they would keep alive what
 * belongs to whoever came first.
 *
 * <p>Implementations are thread-safe.
 */
@FunctionalInterface
public interface Threads {

    /**
     * Returns a new, unstarted thread.
     *
     * @param name the name of the thread
     * @param work what it does
     */
    Thread newThread(String name, Runnable work);

    /** Returns the maker of daemon threads for jobs. */
    static Threads platform() {
        return PlatformThreads.INSTANCE;
    }

    /**
     * Returns the maker of virtual threads for jobs. By reflection, because this library is compiled for Java 17, which
     * has none.
     *
     * @throws UnsupportedOperationException if this JVM has no virtual threads
     */
    static Threads virtual() {
        if (Runtime.version().feature() < VirtualThreads.FIRST_VERSION) {
            throw new UnsupportedOperationException(
                    "Can't run jobs on virtual threads: they need Java " + VirtualThreads.FIRST_VERSION
                            + " or later, and this is Java "
                            + Runtime.version().feature());
        }
        return new VirtualThreads();
    }

    /** Returns the maker of daemon threads for work of the library's own. */
    static Threads own() {
        return own(Threads.class.getClassLoader());
    }

    /**
     * Returns the maker of daemon threads on which the library calls somebody else's code.
     *
     * @param loader the context class loader of the threads: that of the code to be called
     */
    static Threads own(@Nullable ClassLoader loader) {
        return new OwnThreads(loader, true);
    }

    /**
     * Returns the maker of threads that keep the process alive; for work of the library's own, which is sure to end.
     */
    static Threads lasting() {
        return new OwnThreads(Threads.class.getClassLoader(), false);
    }

    /**
     * Has somebody else's code run on a daemon thread of its own, which nothing waits for; where there can't be another
     * thread, on one of the common pool, and where that has none either, on the calling thread, rather than never.
     *
     * @param work what may block; it does not throw
     */
    static void runApart(Runnable work) {
        try {
            own().newThread("graceful-done", work).start();
        } catch (OutOfMemoryError noThread) {
            try {
                ForkJoinPool.commonPool().execute(work);
            } catch (OutOfMemoryError | RejectedExecutionException noWorker) {
                work.run();
            }
        }
    }

    /** Makes daemon threads that inherit what threads inherit. */
    enum PlatformThreads implements Threads {
        /** Stateless, hence shared. */
        INSTANCE;

        @Override
        public Thread newThread(String threadName, Runnable work) {
            Thread thread = new Thread(work, threadName);
            thread.setDaemon(true);
            return thread;
        }
    }

    /** Makes virtual threads, on a JVM that has them. */
    final class VirtualThreads implements Threads {

        static final int FIRST_VERSION = 21;

        // A constant, since the compiler inlines the calls of no other handle.
        private static final MethodHandle NEW_THREAD = find();

        private VirtualThreads() {}

        /** Returns {@code Thread.ofVirtual().name(name).unstarted(work)}. */
        private static MethodHandle find() {
            try {
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                Class<?> builder = Class.forName("java.lang.Thread$Builder");
                Class<?> virtualBuilder = Class.forName("java.lang.Thread$Builder$OfVirtual");
                MethodHandle ofVirtual =
                        lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtualBuilder));
                MethodHandle named = lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class));
                MethodHandle unstarted =
                        lookup.findVirtual(builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
                MethodHandle newBuilder =
                        MethodHandles.collectArguments(named, 0, ofVirtual.asType(MethodType.methodType(builder)));
                return MethodHandles.collectArguments(unstarted, 0, newBuilder);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Can't find out how virtual threads are made", e);
            }
        }

        @Override
        public Thread newThread(String threadName, Runnable work) {
            try {
                return (Thread) NEW_THREAD.invokeExact(threadName, work);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("Can't make a virtual thread", e);
            }
        }
    }
}
