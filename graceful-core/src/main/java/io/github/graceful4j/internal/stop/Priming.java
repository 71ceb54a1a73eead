package io.github.graceful4j.internal.stop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Loads all classes of this library once in the life of a JVM, in the background: so a shutdown loads none for the
 * first time, which would make the first shutdown slower than the next, and fail once the jar was replaced under the
 * running process. Those of an ordinary shutdown come first, and such a shutdown is rehearsed, which also finds what it
 * needs of the JDK.
 *
 * <p>What starts has more urgent things to do, so it begins a moment after the first manager was built, or when a
 * shutdown comes before; that does not wait for it, but finds what it needs last loaded beside it. Once per JVM is what
 * a class initializer is, so there is no state here but the thread.
 */
@SuppressWarnings("ThreadPriorityCheck") // only a wish to be out of the way of others; nothing relies on it
public final class Priming implements Runnable {

    static final String THREAD_NAME = "graceful-priming";

    private static final long FOR_ORDINARY = TimeUnit.SECONDS.toNanos(1);
    private static final long FOR_OTHERS = TimeUnit.SECONDS.toNanos(4);
    private static final @Nullable Thread THREAD = start();

    private static @Nullable Thread start() {
        try {
            Thread thread = new Thread(null, new Priming(), THREAD_NAME, 0, false);
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            thread.setContextClassLoader(Priming.class.getClassLoader());
            thread.start();
            return thread;
        } catch (Throwable e) {
            // A process that can't have another thread now has other troubles than a slow shutdown.
            return null;
        }
    }

    private Priming() {}

    /** Sees to it that it will come, and does not wait for it. */
    public static void begin() {
        // The initializer has seen to it.
    }

    /** A shutdown begins: what is ordinary and not loaded yet will be needed soon. */
    static void hurry() {
        LockSupport.unpark(THREAD);
    }

    @Override
    public void run() {
        long began = System.nanoTime();
        LockSupport.parkNanos(this, FOR_ORDINARY);
        load(PrimedClasses.ORDINARY, true);
        if (System.nanoTime() - began >= FOR_ORDINARY) {
            rehearse();
        }
        // A shutdown that came before has no use for the others, most likely, and for the processor.
        long end = System.nanoTime() + FOR_OTHERS;
        for (long left = FOR_OTHERS; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        load(PrimedClasses.OTHERS, false);
    }

    private static void rehearse() {
        try {
            new Rehearsal().perform();
        } catch (Throwable e) {
            // Nobody asked for it, so nobody is bothered: the first shutdown is slower, and that is all.
        }
    }

    /**
     * Loads classes.
     *
     * @param names their names, one a line, without what all have in common
     * @param initializes whether to make them ready for use as well, which takes longer than to load them
     */
    private static void load(String names, boolean initializes) {
        ClassLoader loader = Priming.class.getClassLoader();
        for (String name : names.split("\n", -1)) {
            try {
                Class.forName(PrimedClasses.ROOT + name, initializes, loader);
            } catch (Throwable e) {
                // Nobody asked for it, so nobody is bothered: it is loaded when it is needed, or never, as one that
                // needs a part of the JDK which this runtime lacks.
            }
        }
    }
}
