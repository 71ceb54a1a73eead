package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.spi.ShutdownDelegate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/**
 * Closes the application where its manager is asked to shut down. Where that is because a job failed, whoever asks for
 * the exit code hears of the failure; and where the process is there for the application alone, it ends with that code,
 * so that its platform takes it for what it is.
 *
 * <p>Thread-safe: {@code failed} is volatile.
 */
public final class FailureExit implements ShutdownDelegate, ExitCodeGenerator, Ordered {

    private static final Logger logger = LoggerFactory.getLogger(FailureExit.class);

    /** Whose process it is, if one of these starts the application: a test's, or that of a tool for development. */
    private static final List<String> OWNERS = List.of(
            "org.junit.",
            "org.testng.",
            "org.springframework.test.",
            "org.springframework.boot.test.",
            "org.springframework.boot.devtools.");

    /** By which a servlet container starts it, in whatever package that is. */
    private static final String IN_CONTAINER = ".SpringBootServletInitializer";

    private final ConfigurableApplicationContext context;
    private final int exitCode;
    private final boolean standalone;
    private volatile boolean failed;

    /**
     * Creates the exit of an application that the calling thread starts.
     *
     * @param context the application
     * @param exitCode the exit code after a failure; zero if a failure is no reason to end the process
     */
    public FailureExit(ConfigurableApplicationContext context, int exitCode) {
        this.context = context;
        this.exitCode = exitCode;
        this.standalone = isStartedByMain(Thread.currentThread().getStackTrace());
    }

    /** Returns whether a stack is that of a program that is there for the application. */
    static boolean isStartedByMain(StackTraceElement[] stack) {
        boolean main = false;
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (name.endsWith(IN_CONTAINER) || OWNERS.stream().anyMatch(name::startsWith)) {
                return false;
            }
            main = main || frame.getMethodName().equals("main");
        }
        return main;
    }

    /** Ends the application; after a failure on a thread that keeps the process alive until its code is known. */
    @Override
    public void shutdownRequested(ShutdownReason reason) {
        if (reason.kind() == ShutdownReason.Kind.JOB_FAILED) {
            failed = true;
            Thread thread = new Thread(this::exit, "graceful-failure");
            thread.setDaemon(false);
            thread.start();
        } else {
            context.close();
        }
    }

    private void exit() {
        int code = SpringApplication.exit(context);
        if (standalone && code != 0) {
            logger.error("The process ends with exit code {}, since a job failed", code);
            System.exit(code);
        }
    }

    @Override
    public int getExitCode() {
        return failed ? exitCode : 0;
    }

    /** Exit codes of the application come first. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
