package io.github.graceful4j.report;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import java.time.Duration;
import java.util.Locale;

/**
 * Something that a shutdown waited for, whoever that was. Immutable and thread-safe.
 *
 * @param name the name of the job, or of what was waited for otherwise
 * @param kind what it is
 * @param began how long after the shutdown was requested the wait began
 * @param elapsed how long it was waited for
 * @param outcome how it ended; what is no job has {@link JobOutcome#COMPLETED} or {@link JobOutcome#TIMED_OUT}
 */
public record WaitedFor(String name, Kind kind, Duration began, Duration elapsed, JobOutcome outcome) {

    /** What can be waited for. */
    public enum Kind {
        /** A running job. */
        RUNNING_JOB,
        /** A shutdown job. */
        SHUTDOWN_JOB,
        /** A work source. */
        WORK_SOURCE,
        /** See {@link StepResult.Kind#START}. */
        START,
        /** The drain, in which nothing was stopped yet. */
        DRAIN,
        /** See {@link StepResult.Kind#LISTENER}. */
        LISTENER,
        /** See {@link StepResult.Kind#LIFECYCLE_BEAN}. */
        LIFECYCLE_BEAN,
        /** See {@link StepResult.Kind#DESTRUCTION}. */
        DESTRUCTION;

        /** Returns this as one says it, such as {@code running job}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** Returns whether it is a job, or a work source, which is shown as one. */
        public boolean isJob() {
            return this == RUNNING_JOB || this == SHUTDOWN_JOB || this == WORK_SOURCE;
        }
    }

    static WaitedFor of(JobResult job) {
        return new WaitedFor(job.job(), kindOf(job.kind()), job.began(), job.elapsed(), job.outcome());
    }

    static WaitedFor of(StepResult step) {
        return new WaitedFor(
                step.name(),
                kindOf(step.kind()),
                step.began(),
                step.elapsed(),
                step.timedOut() ? JobOutcome.TIMED_OUT : JobOutcome.COMPLETED);
    }

    static WaitedFor ofDrain(Duration began, Duration drain) {
        return new WaitedFor("readiness is off", Kind.DRAIN, began, drain, JobOutcome.COMPLETED);
    }

    static Kind kindOf(JobKind kind) {
        if (kind == JobKind.SOURCE) {
            return Kind.WORK_SOURCE;
        }
        return kind == JobKind.RUNNING ? Kind.RUNNING_JOB : Kind.SHUTDOWN_JOB;
    }

    static Kind kindOf(StepResult.Kind kind) {
        return Kind.valueOf(kind.name());
    }

    Duration ended() {
        return began.plus(elapsed);
    }
}
