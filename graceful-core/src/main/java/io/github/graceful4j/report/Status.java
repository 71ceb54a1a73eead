package io.github.graceful4j.report;

import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobState;
import java.util.Locale;

/** How a page says where a job or the whole shutdown stands: one word, one colour, one pattern. */
enum Status {
    COMPLETED,
    FAILED,
    INTERRUPTED,
    ABANDONED,
    TIMED_OUT,
    SKIPPED,
    WAITING,
    ACTIVE,
    BACKING_OFF,
    STOPPING,
    STOPPED;

    static Status of(JobOutcome outcome) {
        return switch (outcome) {
            case COMPLETED -> COMPLETED;
            case FAILED -> FAILED;
            case INTERRUPTED -> INTERRUPTED;
            case ABANDONED -> ABANDONED;
            case TIMED_OUT -> TIMED_OUT;
            case SKIPPED -> SKIPPED;
        };
    }

    /** A job that has ended without an outcome was removed before it ran. */
    static Status of(JobState state) {
        return switch (state) {
            case WAITING -> WAITING;
            case ACTIVE -> ACTIVE;
            case BACKING_OFF -> BACKING_OFF;
            case STOPPING -> STOPPING;
            case STOPPED -> STOPPED;
            case ENDED -> SKIPPED;
        };
    }

    static Status of(ShutdownOutcome outcome) {
        return switch (outcome) {
            case CLEAN -> COMPLETED;
            case FAILED -> FAILED;
            case TIMED_OUT -> TIMED_OUT;
        };
    }

    boolean isTrouble() {
        return this == FAILED || this == INTERRUPTED || this == ABANDONED || this == TIMED_OUT;
    }

    boolean isOpen() {
        return this == ACTIVE || this == BACKING_OFF || this == STOPPING;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    String cssClass() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
