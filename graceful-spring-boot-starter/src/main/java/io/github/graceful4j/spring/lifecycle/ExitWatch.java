package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.GracefulManager;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Takes note of the moment the JVM begins to exit, for a context that is not closed at once: Spring closes one that
 * still starts only when its start is over, and of several one after the other. If the start goes on, the grace period
 * is watched over from here.
 *
 * <p>A hook of the JVM, which ends at once. Thread-safe: all state is guarded by {@code this}.
 */
public final class ExitWatch implements Runnable {

    /** The name of the bean, by which the context's own part finds it. */
    public static final String BEAN = "gracefulExitWatch";

    /** What Spring takes to come to the close of its first context is not worth mentioning. */
    private static final Duration NOTICEABLE = Duration.ofMillis(100);

    private final ConfigurableApplicationContext context;
    private final Function<ConfigurableApplicationContext, CloseSettings> settings;
    private @Nullable Thread starting = Thread.currentThread();
    private @Nullable Thread hook = new Thread(this, "graceful-exit");
    private @Nullable GracefulManager manager;
    private boolean exiting;
    private long began;
    private long startTook;
    private List<String> startedThen = List.of();
    private @Nullable Runnable reports;

    /**
     * Creates the watch of a context that the calling thread is about to start.
     *
     * @param settings tells how the close of a context goes; asked only if the JVM exits while it starts
     */
    public ExitWatch(
            ConfigurableApplicationContext context, Function<ConfigurableApplicationContext, CloseSettings> settings) {
        this.context = context;
        this.settings = settings;
    }

    /** Begins to watch. */
    public synchronized void begin() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            hook = null; // the JVM exits already, and Spring starts no context any more
        }
    }

    /** Returns whether this is about a context; {@code null} is none. */
    public boolean isOf(@Nullable ApplicationContext other) {
        return context.equals(other);
    }

    /** Takes note of the manager of the context. */
    public synchronized void managedBy(GracefulManager made) {
        manager = made;
    }

    /** The context has started; from here on, only one with a manager has something that a close can be late for. */
    public synchronized void started() {
        startIsOver();
        if (manager == null) {
            removeHook();
        }
    }

    /** The context is being closed, or its start failed. */
    public synchronized void end() {
        startIsOver();
        removeHook();
    }

    private void startIsOver() {
        if (starting != null && exiting) {
            startTook = System.nanoTime() - began;
        }
        starting = null;
        notifyAll();
    }

    private void removeHook() {
        if (hook != null && !exiting) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                return; // the JVM exits, and needs it no more
            }
        }
        hook = null;
    }

    /** Returns how much of the grace period was over when the close began; zero if next to nothing was. */
    public synchronized Duration elapsed() {
        Duration elapsed = sinceExit();
        return elapsed.compareTo(NOTICEABLE) < 0 ? Duration.ZERO : elapsed;
    }

    /** Returns how long ago the JVM began to exit; zero if it does not. */
    synchronized Duration sinceExit() {
        return exiting ? Duration.ofNanos(System.nanoTime() - began) : Duration.ZERO;
    }

    /** Returns how long the close had to wait for the start; zero if it did not. */
    synchronized Duration startTook() {
        return Duration.ofNanos(startTook);
    }

    /** Takes note of the beans that were made or called when the JVM began to exit. */
    synchronized void startedThen(List<String> beans) {
        startedThen = beans;
    }

    /** Returns the names of the beans that were made or called when the JVM began to exit, as far as is known. */
    synchronized List<String> startedThen() {
        return startedThen;
    }

    /**
     * Takes note of who keeps reports.
     *
     * @param begin has it begin, which it otherwise does when the application has started
     */
    public void keptBy(Runnable begin) {
        boolean late;
        synchronized (this) {
            reports = begin;
            late = exiting && starting != null;
        }
        if (late) {
            begin.run();
        }
    }

    /** Has reports be kept from now on, if there is somebody who does; returns whether there is. */
    boolean keepReports() {
        Runnable begin;
        synchronized (this) {
            begin = reports;
        }
        if (begin == null) {
            return false;
        }
        begin.run();
        return true;
    }

    /** The JVM exits. */
    @Override
    public void run() {
        Thread startingNow = exits();
        if (startingNow != null && context.isActive()) {
            Thread watchdog = new Thread(
                    new ExitDuringStart(this, context, startingNow, ExitReason.find(), settings), "graceful-watchdog");
            watchdog.setDaemon(true);
            watchdog.start();
        }
    }

    private synchronized @Nullable Thread exits() {
        exiting = true;
        began = System.nanoTime();
        return starting;
    }

    synchronized @Nullable GracefulManager manager() {
        return manager;
    }

    /**
     * Waits until the start is over, but no longer than until so much of the grace period has passed.
     *
     * @return whether it is over
     */
    synchronized boolean awaitStarted(Duration passed) throws InterruptedException {
        while (starting != null) {
            long left = passed.minusNanos(System.nanoTime() - began).toMillis();
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
