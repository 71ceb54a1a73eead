package io.github.graceful4j.internal.jvm;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shuts a manager down when the JVM exits, be it for a signal or for {@link System#exit}, and holds up the JVM until
 * that is over.
 *
 * <p>While a shutdown is under way, from {@link #watch()} to {@link #end()}, it also looks for jobs that call
 * {@code System.exit} while they are stopped, when the JVM is exiting already. Such a call never returns, so the
 * shutdown would wait for the job until its time is up. Nothing but the stack of the job's thread tells of it, so this
 * has to look again and again; it does so by the JVM's own time, as it looks at the JVM. The thread that looks is also
 * the one on which work runs that can get no thread of its own any more.
 *
 * <p>Thread-safe: all state is guarded by {@code this}, which is not held while anybody else's code runs.
 */
public final class JvmExit implements Runnable {

    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

    /** A look at very many jobs takes long; this is how many times as long it then waits for the next. */
    private static final int REST = 10;

    private final JvmHooks hooks;
    private final Host host;
    private @Nullable Thread hook;
    private final Queue<Runnable> spareWork = new ArrayDeque<>(0);
    private boolean spare;
    private boolean over;

    /** The manager, as the exit of the JVM sees it. */
    public interface Host extends Runnable {

        /** Shuts down, and returns when that is over: the JVM exits. */
        @Override
        void run();

        /** Ends the jobs that wait for the JVM's exit; called now and then, once the JVM is exiting. */
        void endJobsThatExit();

        /** Takes a line about what did not work. */
        void note(String line);
    }

    /**
     * Creates one that does nothing yet.
     *
     * @param hooks where the hook is registered
     * @param host is told that the JVM exits
     */
    public JvmExit(JvmHooks hooks, Host host) {
        this.hooks = hooks;
        this.host = host;
    }

    /** Registers the hook. */
    public synchronized void install() {
        Thread newHook = Threads.own().newThread("graceful-jvm-exit", host);
        try {
            hooks.add(newHook);
            hook = newHook;
        } catch (IllegalStateException e) {
            host.note("The JVM is exiting already, so the manager is not told of it");
        }
    }

    /** Begins to watch, on a thread that keeps no process alive. */
    public void watch() {
        watch(Threads.own());
    }

    void watch(Threads threads) {
        try {
            Thread thread = threads.newThread("graceful-exit-watch", this);
            setSpare(true);
            thread.start();
        } catch (OutOfMemoryError e) {
            setSpare(false);
            host.note("Can't watch for jobs that call System.exit: the JVM is out of threads");
        }
    }

    private synchronized void setSpare(boolean isSpare) {
        spare = isSpare;
    }

    /**
     * Runs work on the thread that watches, one after the other; for when there can't be another thread. While it runs,
     * nobody watches.
     *
     * @param work what to do
     * @return whether it has its turn; {@code false} if there is no such thread
     */
    public synchronized boolean runOnSpare(Runnable work) {
        if (!spare || over) {
            return false;
        }
        spareWork.add(work);
        notifyAll();
        return true;
    }

    /** Removes the hook, and ends the watch at once: the shutdown is over. */
    public synchronized void end() {
        over = true;
        notifyAll();
        if (hook != null) {
            try {
                hooks.remove(hook);
            } catch (IllegalStateException e) {
                host.note("The JVM is exiting, so its hook stays");
            }
            hook = null;
        }
    }

    /** Looks again and again whether the JVM is exiting, on the thread that watches. */
    @Override
    public void run() {
        long pause = INTERVAL;
        while (awaitNext(pause)) {
            Runnable work = takeWork();
            if (work != null) {
                runSpareWork(work);
            } else {
                long began = System.nanoTime();
                endJobsThatExit();
                pause = Math.max(INTERVAL, (System.nanoTime() - began) * REST);
            }
        }
        setSpare(false);
    }

    /** Waits until there is work or it is time to look; returns whether there is still a reason to. */
    private synchronized boolean awaitNext(long pause) {
        long limit = System.nanoTime() + pause;
        while (!over && spareWork.isEmpty()) {
            long left = limit - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                // It was meant for work that ran here and had just ended.
            }
        }
        return !over || !spareWork.isEmpty();
    }

    private void endJobsThatExit() {
        try {
            if (hooks.isExiting()) {
                host.endJobsThatExit();
            }
        } catch (Throwable e) {
            host.note("Looking for jobs that call System.exit failed: "
                    + e.getClass().getName());
        }
    }

    private synchronized @Nullable Runnable takeWork() {
        return spareWork.poll();
    }

    private void runSpareWork(Runnable work) {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        try {
            work.run();
        } catch (Throwable e) {
            host.note("Work on the spare thread failed: " + e.getClass().getName());
        } finally {
            // Whatever the work left on the thread is none of the next one's business.
            Thread.interrupted();
            thread.setContextClassLoader(loader);
        }
    }
}
