package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.report.ShutdownReason;
import java.util.List;
import org.springframework.context.ApplicationContext;

/**
 * Finds out why an application context is closed. Spring tells nobody, but the stack of the closing thread shows it.
 */
final class CloseReason {

    /** Whatever of these is in the stack closes the context because the JVM exits. */
    private static final List<String> EXITS = List.of(
            "org.springframework.boot.SpringApplicationShutdownHook",
            "org.springframework.context.support.AbstractApplicationContext$1"); // what a plain context registers

    /** Those who close contexts, and what is said of it; whoever is nearer to the cause comes first. */
    private static final List<Closer> CLOSERS = List.of(
            new Closer("org.springframework.boot.actuate.context.ShutdownEndpoint", "the shutdown endpoint was called"),
            new Closer("org.springframework.cloud.context.restart.RestartEndpoint", "the restart endpoint was called"),
            new Closer("org.springframework.boot.devtools.restart.Restarter", "DevTools restarts it"),
            new Closer("org.springframework.boot.SpringApplication", "exit", "SpringApplication.exit was called"),
            new Closer("org.springframework.boot.builder.ParentContextCloserApplicationListener", "its parent is"));

    private CloseReason() {}

    /** Returns why a context is closed on the calling thread. */
    static ShutdownReason of(ApplicationContext context) {
        StackTraceElement[] stack = Thread.currentThread().getStackTrace();
        if (isIn(stack, SigtermExit.class.getName(), "")) {
            return ShutdownReason.signal(SigtermExit.SIGNAL);
        }
        for (String exit : EXITS) {
            if (isIn(stack, exit, "")) {
                return ExitReason.find();
            }
        }
        String what = "application context '" + context.getId() + "'";
        for (Closer closer : CLOSERS) {
            if (isIn(stack, closer.type(), closer.method())) {
                return ShutdownReason.of(
                        ShutdownReason.Kind.CONTEXT_CLOSED, what + " is closing: " + closer.phrase(), null);
            }
        }
        return ShutdownReason.contextClosed(what);
    }

    private static boolean isIn(StackTraceElement[] stack, String type, String method) {
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (name.startsWith(type)
                    && (name.length() == type.length() || name.charAt(type.length()) == '$')
                    && (method.isEmpty() || frame.getMethodName().equals(method))) {
                return true;
            }
        }
        return false;
    }

    /**
     * A class that closes contexts, also by lambdas of its own and inner classes, and in which method; any if empty.
     */
    private record Closer(String type, String method, String phrase) {

        private Closer(String type, String phrase) {
            this(type, "", phrase);
        }
    }
}
