package io.github.graceful4j.internal.stop;

/**
 * Walks the path of a shutdown once in the life of a JVM, in the background: so a real shutdown loads no class of this
 * library for the first time. Loading classes is nearly all that makes the first shutdown slower than the next, and it
 * fails once the jar was replaced under the running process.
 *
 * <p>A shutdown that comes before the walk is over does not wait for it. Once per JVM is what a class initializer is,
 * so there is no state here.
 */
@SuppressWarnings("ThreadPriorityCheck") // only a wish to be out of the way of what starts; nothing relies on it
public final class Priming {

    static final String THREAD = "graceful-priming";

    static {
        try {
            Thread thread = new Thread(null, Priming::walk, THREAD, 0, false);
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            thread.setContextClassLoader(Priming.class.getClassLoader());
            thread.start();
        } catch (Throwable e) {
            // A process that can't have another thread now has other troubles than a slow shutdown.
        }
    }

    private Priming() {}

    /** Sees to it that the walk has begun, and does not wait for it. */
    public static void begin() {
        // The initializer has seen to it.
    }

    private static void walk() {
        try {
            new Rehearsal().run();
        } catch (Throwable e) {
            // Nobody asked for it, so nobody is bothered with it: the first shutdown is slower, and that is all.
        }
    }
}
