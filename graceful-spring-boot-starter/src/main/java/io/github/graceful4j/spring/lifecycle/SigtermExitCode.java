package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReport;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gives a process that SIGTERM ended with a clean shutdown the exit code of {@code graceful.sigterm.exit-code}. The JVM
 * would exit with 143, and nobody can tell it otherwise at that time, except by halting it as the very last thing.
 *
 * <p>Listens from the first moment of an application, since Spring Boot calls shutdown handlers in reverse: the one
 * that is there first is called last, when all contexts are closed and the log is written out.
 *
 * <p>Thread-safe: {@code atExit} is volatile.
 */
final class SigtermExitCode implements ApplicationListener<SpringApplicationEvent>, Runnable {

    private static final String PROPERTY = "graceful.sigterm.exit-code";

    private volatile @Nullable Runnable atExit;

    @Override
    public void onApplicationEvent(SpringApplicationEvent event) {
        if (event instanceof ApplicationStartingEvent) {
            SpringApplication.getShutdownHandlers().add(this);
        } else if (event instanceof ApplicationStartedEvent started) {
            atExit = atExit(started.getApplicationContext());
        }
    }

    private static @Nullable Runnable atExit(ConfigurableApplicationContext context) {
        Integer exitCode = context.getEnvironment().getProperty(PROPERTY, Integer.class);
        if (exitCode == null) {
            return null; // and no look for the manager among all beans
        }
        GracefulManager manager = context.getBeanProvider(GracefulManager.class).getIfAvailable();
        return manager == null ? null : () -> haltAfterCleanShutdown(manager, exitCode);
    }

    @Override
    public void run() {
        Runnable action = atExit;
        if (action != null && isSignalled()) {
            action.run();
        }
    }

    private static void haltAfterCleanShutdown(GracefulManager manager, int exitCode) {
        ShutdownReport report = manager.report();
        if (report != null && report.outcome() == ShutdownOutcome.CLEAN) {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    /** Whether a signal ends the JVM, and not {@link System#exit}, whose exit code is the one to keep. */
    private static boolean isSignalled() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().startsWith("java.lang.Terminator"));
    }
}
