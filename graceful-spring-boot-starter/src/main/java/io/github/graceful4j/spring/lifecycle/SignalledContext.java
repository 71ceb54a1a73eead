package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReport;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** An application context that wants something of signals. Thread-safe: what changes is volatile. */
final class SignalledContext {

    private final ConfigurableApplicationContext context;
    private final GracefulManager manager;
    private final SignalSettings settings;
    private volatile boolean started;
    private volatile @Nullable Thread starting;
    private volatile @Nullable Thread closing;
    private volatile @Nullable ShutdownReport whole;

    SignalledContext(ConfigurableApplicationContext context, GracefulManager manager, SignalSettings settings) {
        this.context = context;
        this.manager = manager;
        this.settings = settings;
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    GracefulManager manager() {
        return manager;
    }

    SignalSettings settings() {
        return settings;
    }

    /** The context is started from now on, on the calling thread. */
    void starting() {
        starting = Thread.currentThread();
    }

    /** Returns the thread that starts the context, or {@code null} if nobody does. */
    @Nullable
    Thread startingThread() {
        return context.isRunning() ? null : starting;
    }

    void started() {
        started = true;
    }

    /** The context is closed from now on, on the calling thread. */
    void closing() {
        closing = Thread.currentThread();
    }

    /** Returns the thread that closes the context, or {@code null} if nobody does. */
    @Nullable
    Thread closingThread() {
        return context.isActive() ? closing : null;
    }

    /** Returns whether the context is to be closed at SIGTERM before the JVM exits. */
    boolean hasExitCode() {
        return started && settings.sigtermExitCode() != null;
    }

    /** Returns whether the context is on its way out, or the whole JVM is. */
    boolean isEnding() {
        return manager.requestedShutdown() != null || context.isClosed() || isJvmExiting();
    }

    /** The JVM tells nobody that it exits but by taking no hook any more. */
    private static boolean isJvmExiting() {
        Thread probe = new Thread("graceful-exit-probe");
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Takes note of what came of the close, as far as it has come. */
    void closed(ShutdownReport report) {
        whole = report;
    }

    /** Returns whether the context is closed and all went well. */
    boolean isClosedCleanly() {
        ShutdownReport report = whole;
        return !context.isActive() && report != null && report.complete() && report.outcome() == ShutdownOutcome.CLEAN;
    }
}
