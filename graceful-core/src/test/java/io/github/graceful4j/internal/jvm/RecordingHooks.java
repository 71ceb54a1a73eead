package io.github.graceful4j.internal.jvm;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hooks of a JVM that exits only when a test says so. */
public final class RecordingHooks implements JvmHooks {

    public final List<Thread> hooks = new CopyOnWriteArrayList<>();
    private volatile boolean exiting;

    @Override
    public void add(Thread hook) {
        requireNotExiting();
        hooks.add(hook);
    }

    @Override
    public void remove(Thread hook) {
        requireNotExiting();
        hooks.remove(hook);
    }

    private void requireNotExiting() {
        if (exiting) {
            throw new IllegalStateException("Shutdown in progress");
        }
    }

    /** Does what the JVM does when it exits: starts all hooks. */
    public void exit() {
        exiting = true;
        hooks.forEach(Thread::start);
    }
}
