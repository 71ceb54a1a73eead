package io.github.graceful4j.report;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.StuckThread;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job as a page shows it, whether it has ended or not.
 *
 * @param phase the phase it belongs to
 * @param began when its part of the shutdown began; {@code null} if it has none, yet or at all
 * @param elapsed how long that took, up to its end or up to now; zero if it had ended before the shutdown
 */
record Bar(
        int phase,
        String job,
        JobKind kind,
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
                result.kind(),
                Status.of(result.outcome()),
                result.outcome() == JobOutcome.SKIPPED ? null : result.began(),
                result.elapsed(),
                result.age(),
                result.failure(),
                result.stuck());
    }

    static Bar of(JobProgress progress) {
        JobSnapshot snapshot = progress.snapshot();
        JobOutcome outcome = snapshot.outcome();
        return new Bar(
                snapshot.phase(),
                snapshot.job(),
                snapshot.kind(),
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
        return kind != JobKind.SHUTDOWN && began != null && elapsed.isZero() && !status.isOpen();
    }

    boolean hasMoreToTell() {
        return failure != null || where != null;
    }

    String kindWord() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Says how long it took, or why it took no time. */
    String took() {
        if (began == null) {
            return "–";
        }
        return hadEndedBefore() ? "ended before" : DurationText.of(elapsed);
    }
}
