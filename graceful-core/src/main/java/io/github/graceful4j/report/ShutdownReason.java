package io.github.graceful4j.report;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who asked for a shutdown, and why. Immutable and thread-safe. */
public final class ShutdownReason {

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
        /** Nobody: all running jobs have ended by themselves, and nothing is left to do. */
        JOBS_ENDED,
        /** The framework that the manager is part of is closing. */
        CONTEXT_CLOSED
    }

    private final Kind kind;
    private final String description;
    private final @Nullable Throwable failure;

    private ShutdownReason(Kind kind, String description, @Nullable Throwable failure) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.description = Objects.requireNonNull(description, "description");
        this.failure = failure;
    }

    /**
     * Returns a reason of any kind, for whoever reads a report out of what was written of it.
     *
     * @param kind who asked
     * @param description one phrase for logs and reports
     * @param failure the failure of a job that asked for it, or {@code null} if none did
     */
    public static ShutdownReason of(Kind kind, String description, @Nullable Throwable failure) {
        return new ShutdownReason(kind, description, failure);
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
        return new ShutdownReason(
                Kind.JOB_FAILED, "job '" + job + "' failed", Objects.requireNonNull(failure, "failure"));
    }

    /** Returns the reason of jobs that have all ended by themselves. */
    public static ShutdownReason jobsEnded() {
        return new ShutdownReason(Kind.JOBS_ENDED, "all running jobs have ended", null);
    }

    /**
     * Returns the reason of a framework that is closing.
     *
     * @param context what is closing
     */
    public static ShutdownReason contextClosed(String context) {
        return new ShutdownReason(Kind.CONTEXT_CLOSED, context + " is closing", null);
    }

    /** Returns who asked. */
    public Kind kind() {
        return kind;
    }

    /** Returns one phrase for logs and reports, such as {@code SIGTERM}. */
    public String description() {
        return description;
    }

    /** Returns the failure of a job that asked for it, or {@code null} unless the kind is {@link Kind#JOB_FAILED}. */
    public @Nullable Throwable failure() {
        return failure;
    }

    /** Compares failures by whether they are the same object. */
    @Override
    @SuppressWarnings("ReferenceEquality") // what was thrown is not asked for its opinion
    public boolean equals(@Nullable Object other) {
        return other instanceof ShutdownReason that
                && kind == that.kind
                && description.equals(that.description)
                && failure == that.failure;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, description) * 31 + System.identityHashCode(failure);
    }

    /** Returns the description and what the failure says of itself, in one {@linkplain PlainText plain} line. */
    @Override
    public String toString() {
        return PlainText.of(failure == null ? description : description + ": " + ThrownText.of(failure));
    }
}
