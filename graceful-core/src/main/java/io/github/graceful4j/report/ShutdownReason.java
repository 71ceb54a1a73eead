package io.github.graceful4j.report;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for a shutdown, and why. Immutable and thread-safe.
 *
 * @param kind who asked
 * @param description one phrase for logs and reports, such as {@code SIGTERM}
 * @param failure the failure of a job that asked for it, or {@code null} unless the kind is {@link Kind#JOB_FAILED}
 */
public record ShutdownReason(
        Kind kind, String description, @Nullable Throwable failure) {

    /** Requires what is not marked as nullable. */
    public ShutdownReason {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(description, "description");
    }

    /** Who asked for a shutdown. */
    public enum Kind {
        /** The program. */
        REQUESTED,
        /** A signal of the operating system. */
        SIGNAL,
        /** The JVM, which is exiting. */
        JVM_EXIT,
        /** The manager's parent was cancelled. */
        PARENT_CANCELLED,
        /** A running job failed whose failure policy says so. */
        JOB_FAILED,
        /** The framework that the manager is part of is closing. */
        CONTEXT_CLOSED
    }

    /**
     * Returns the reason of a program that asks for a shutdown.
     *
     * @param description one phrase for logs and reports
     */
    public static ShutdownReason requested(String description) {
        return new ShutdownReason(Kind.REQUESTED, description, null);
    }

    /**
     * Returns the reason of a signal.
     *
     * @param name the name of the signal, such as {@code SIGTERM}
     */
    public static ShutdownReason signal(String name) {
        return new ShutdownReason(Kind.SIGNAL, name, null);
    }

    /** Returns the reason of a JVM that is exiting. */
    public static ShutdownReason jvmExit() {
        return new ShutdownReason(Kind.JVM_EXIT, "the JVM is exiting", null);
    }

    /**
     * Returns the reason of a parent that was cancelled.
     *
     * @param parent the name of the parent
     */
    public static ShutdownReason parentCancelled(String parent) {
        return new ShutdownReason(Kind.PARENT_CANCELLED, "'" + parent + "' was cancelled", null);
    }

    /**
     * Returns the reason of a job that failed.
     *
     * @param job the name of the job
     * @param failure what it threw
     */
    public static ShutdownReason jobFailed(String job, Throwable failure) {
        return new ShutdownReason(Kind.JOB_FAILED, "job '" + job + "' failed", failure);
    }

    /**
     * Returns the reason of a framework that is closing.
     *
     * @param context what is closing
     */
    public static ShutdownReason contextClosed(String context) {
        return new ShutdownReason(Kind.CONTEXT_CLOSED, context + " is closing", null);
    }

    @Override
    public String toString() {
        return failure == null ? description : description + ": " + ThrownText.of(failure);
    }
}
