package io.github.graceful4j.report;

import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.StuckThread;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job, or what was waited for otherwise, as a page shows it, whether it has ended or not.
 *
 * @param phase the phase it belongs to; 0 for what has none
 * @param job its name
 * @param type what it is more exactly; empty for a job
 * @param began when its part of the shutdown began; {@code null} if it has none, yet or at all
 * @param elapsed how long that took, up to its end or up to now; zero if it had ended before the shutdown
 */
record Bar(
        int phase,
        String job,
        String type,
        WaitedFor.Kind kind,
        Status status,
        @Nullable Duration began,
        Duration elapsed,
        Duration age,
        @Nullable Throwable failure,
        @Nullable StuckThread where) {

    /** The order in which things happened; what has not happened comes last. */
    static final Comparator<Bar> BY_BEGIN =
            Comparator.comparing(Bar::began, Comparator.nullsLast(Comparator.naturalOrder()));

    static Bar of(int phase, JobResult result) {
        return new Bar(
                phase,
                result.job(),
                "",
                WaitedFor.kindOf(result.kind()),
                Status.of(result.outcome()),
                result.outcome() == JobOutcome.SKIPPED ? null : result.began(),
                result.elapsed(),
                result.age(),
                result.failure(),
                result.stuck());
    }

    static Bar of(StepResult step) {
        Integer phase = step.phase();
        return new Bar(
                phase == null ? 0 : phase,
                step.name(),
                step.type(),
                WaitedFor.kindOf(step.kind()),
                step.timedOut() ? Status.TIMED_OUT : Status.COMPLETED,
                step.began(),
                step.elapsed(),
                step.elapsed(),
                null,
                null);
    }

    /** Returns one of something that has no bar of its own, as of what is left out of a very long list. */
    static Bar of(WaitedFor waitedFor) {
        return new Bar(
                0,
                waitedFor.name(),
                "",
                waitedFor.kind(),
                Status.of(waitedFor.outcome()),
                waitedFor.began(),
                waitedFor.elapsed(),
                waitedFor.elapsed(),
                null,
                null);
    }

    boolean isOf(WaitedFor waitedFor) {
        return kind == waitedFor.kind()
                && job.equals(waitedFor.name())
                && elapsed.equals(waitedFor.elapsed())
                && waitedFor.began().equals(began);
    }

    static Bar of(JobProgress progress) {
        JobSnapshot snapshot = progress.snapshot();
        JobOutcome outcome = snapshot.outcome();
        return new Bar(
                snapshot.phase(),
                snapshot.job(),
                "",
                WaitedFor.kindOf(snapshot.kind()),
                outcome == null ? Status.of(snapshot.state()) : Status.of(outcome),
                progress.began(),
                progress.elapsed(),
                snapshot.age(),
                snapshot.lastFailure(),
                progress.where());
    }

    /** Compares what was thrown by whether it is the same object: its own opinion is not asked for. */
    @Override
    @SuppressWarnings("ReferenceEquality") // what was thrown is not asked for its opinion
    public boolean equals(@Nullable Object other) {
        return other instanceof Bar that
                && phase == that.phase
                && job.equals(that.job)
                && type.equals(that.type)
                && kind == that.kind
                && status == that.status
                && Objects.equals(began, that.began)
                && elapsed.equals(that.elapsed)
                && age.equals(that.age)
                && failure == that.failure
                && Objects.equals(where, that.where);
    }

    @Override
    public int hashCode() {
        return Objects.hash(phase, job, kind, began);
    }

    boolean hadEndedBefore() {
        boolean mayRunBefore = kind == WaitedFor.Kind.RUNNING_JOB || kind == WaitedFor.Kind.WORK_SOURCE;
        return mayRunBefore && began != null && elapsed.isZero() && !status.isOpen();
    }

    boolean hasMoreToTell() {
        return failure != null || where != null;
    }

    String kindWord() {
        return kind.word();
    }

    /** Says how long it took, or why it took no time. */
    String took() {
        if (began == null) {
            return "–";
        }
        return hadEndedBefore() ? "ended before" : DurationText.of(elapsed);
    }
}
