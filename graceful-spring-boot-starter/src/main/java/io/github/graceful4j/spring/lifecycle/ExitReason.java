package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.report.ShutdownReason;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why the JVM exits, while it does. No handler is needed for that, so nothing is changed in how signals are
 * handled: the thread that runs the JVM's hooks is there until they have ended, and has the name of its signal.
 */
final class ExitReason {

    private static final String RUNS_HOOKS = "java.lang.ApplicationShutdownHooks";

    /** How the JVM names the thread on which it handles a signal, and how a manager in plain Java does. */
    private static final String OF_JVM = " handler";

    private static final String OF_MANAGER = "graceful-";

    /** What ends a JVM when the last thread that is no daemon has ended. */
    private static final String DESTROYER = "DestroyJavaVM";

    /** A look at a stack takes a while, and who calls {@code System.exit} is nice to know, but no more than that. */
    private static final int MOST_LOOKED_AT = 1_000;

    private ExitReason() {}

    /** Returns why the JVM exits; that it does, if no more can be found out. */
    static ShutdownReason find() {
        Thread[] threads = threads();
        for (Thread thread : threads) {
            String signal = signalOf(thread);
            if (signal != null && runsHooks(thread)) {
                return ShutdownReason.signal(signal);
            }
        }
        int looks = Math.min(threads.length, MOST_LOOKED_AT);
        for (int i = 0; i < looks; i++) {
            Thread thread = threads[i];
            if (!thread.getName().equals(DESTROYER) && runsHooks(thread)) {
                return ShutdownReason.of(
                        ShutdownReason.Kind.JVM_EXIT,
                        "System.exit was called by thread '" + thread.getName() + "'",
                        null);
            }
        }
        return ShutdownReason.jvmExit();
    }

    private static @Nullable String signalOf(Thread thread) {
        String name = thread.getName();
        if (name.startsWith("SIG") && name.endsWith(OF_JVM)) {
            return name.substring(0, name.length() - OF_JVM.length());
        }
        if (name.equals(OF_MANAGER + "TERM") || name.equals(OF_MANAGER + "INT")) {
            return "SIG" + name.substring(OF_MANAGER.length());
        }
        return null;
    }

    private static boolean runsHooks(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().startsWith(RUNS_HOOKS)) {
                return true;
            }
        }
        return false;
    }

    /** Returns all platform threads; a few more than there are now may have come meanwhile, and are not among them. */
    private static Thread[] threads() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        for (ThreadGroup parent = root.getParent(); parent != null; parent = root.getParent()) {
            root = parent;
        }
        Thread[] all = new Thread[root.activeCount() * 2 + 16];
        int count = root.enumerate(all, true);
        Thread[] found = new Thread[count];
        System.arraycopy(all, 0, found, 0, count);
        return found;
    }
}
