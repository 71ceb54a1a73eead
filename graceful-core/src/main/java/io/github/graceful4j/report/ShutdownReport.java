package io.github.graceful4j.report;

import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What came of a whole shutdown. Immutable and thread-safe.
 *
 * <p>Where a framework closes an application, as Spring does, there are two reports: one as soon as the jobs are over,
 * with nothing but the jobs, and one when all is, which covers the whole close.
 *
 * @param reason who asked for it, and why
 * @param began when it was asked for
 * @param elapsed how long it took
 * @param gracePeriod how long it was allowed to take; {@link Deadline#UNLIMITED} for as long as it needs
 * @param drain for how long nothing was stopped yet, so that traffic could move elsewhere; zero if there was no drain
 * @param outcome how it ended
 * @param complete whether all is over that belongs to it: the jobs, and where it is kept for the time after a close of
 *     an application, that close, too
 * @param phases what came of each phase with jobs, in the order in which they stopped
 * @param steps what else the close of an application had to wait for, in the order in which it began; empty where a
 *     shutdown has nothing but jobs
 * @param errors everything that was thrown in the life of the manager, in the order in which it was recorded
 */
public record ShutdownReport(
        ShutdownReason reason,
        Instant began,
        Duration elapsed,
        Duration gracePeriod,
        Duration drain,
        ShutdownOutcome outcome,
        boolean complete,
        List<PhaseResult> phases,
        List<StepResult> steps,
        List<RecordedError> errors) {

    /** Of how many steps a report tells one by one: of those that took longest. */
    public static final int MOST_STEPS = 1_000;

    /** Copies the lists. */
    public ShutdownReport {
        phases = List.copyOf(phases);
        steps = List.copyOf(steps);
        errors = List.copyOf(errors);
    }

    /** Creates one of a shutdown that has nothing but jobs, and is over; see the components. */
    public ShutdownReport(
            ShutdownReason reason,
            Instant began,
            Duration elapsed,
            Duration gracePeriod,
            Duration drain,
            ShutdownOutcome outcome,
            List<PhaseResult> phases,
            List<RecordedError> errors) {
        this(reason, began, elapsed, gracePeriod, drain, outcome, true, phases, List.of(), errors);
    }

    /** Returns the same of a shutdown of which not all is over yet. */
    public ShutdownReport incomplete() {
        return new ShutdownReport(reason, began, elapsed, gracePeriod, drain, outcome, false, phases, steps, errors);
    }

    /**
     * Returns the report of the whole close of an application, of which this is what came of the jobs. It has timed out
     * if it took longer than the grace period, or if the time of a step was up.
     *
     * @param wholeElapsed how long the close took, from the request on
     * @param isComplete whether it is over
     * @param allSteps what it had to wait for beside the jobs
     */
    public ShutdownReport ofWholeClose(Duration wholeElapsed, boolean isComplete, List<StepResult> allSteps) {
        boolean late = wholeElapsed.compareTo(gracePeriod) > 0;
        for (StepResult step : allSteps) {
            late |= step.timedOut();
        }
        return new ShutdownReport(
                reason,
                began,
                wholeElapsed,
                gracePeriod,
                drain,
                late ? ShutdownOutcome.TIMED_OUT : outcome,
                isComplete,
                phases,
                allSteps,
                errors);
    }

    /** Returns how many jobs there were. */
    public int jobCount() {
        int count = 0;
        for (PhaseResult phase : phases) {
            count += phase.jobCount();
        }
        return count;
    }

    /** Returns what came of each job, phase by phase; of very many that ended well, see {@link PhaseResult#jobs}. */
    public List<JobResult> jobs() {
        List<JobResult> jobs = new ArrayList<>();
        for (PhaseResult phase : phases) {
            jobs.addAll(phase.jobs());
        }
        return Collections.unmodifiableList(jobs);
    }

    /**
     * Returns what made the shutdown take as long as it did: the jobs and whatever else was waited for, what took
     * longest first. Making anything else faster would not have made the shutdown faster.
     */
    public List<WaitedFor> blame() {
        return Collections.unmodifiableList(CriticalPath.of(phases, steps, drain));
    }

    /**
     * Returns how many jobs outlasted their time without {@link JobResult#stuck()} telling where they were: of very
     * many late jobs only some are looked at, since that takes time of the others.
     */
    public int stacksNotTaken() {
        int count = 0;
        for (JobResult job : jobs()) {
            if (job.stuck() == null && hasOutlastedItsTime(job.outcome())) {
                count++;
            }
        }
        return count;
    }

    private static boolean hasOutlastedItsTime(JobOutcome outcome) {
        return outcome == JobOutcome.INTERRUPTED || outcome == JobOutcome.ABANDONED || outcome == JobOutcome.TIMED_OUT;
    }

    /** Returns whether there was a limit to how long it was allowed to take. */
    boolean isLimited() {
        return gracePeriod.compareTo(Deadline.UNLIMITED) < 0;
    }

    /** Returns this report as text for a person to read, several lines without a line break at the end. */
    public String toText() {
        return TextRenderer.render(this);
    }

    /**
     * Returns this report as text that has no more than a number of bytes, as in a Kubernetes termination message.
     * Where lines have to be left out, those that matter most stay, each of them whole: how the shutdown ended, then
     * the jobs that did not end well and what was thrown, then where threads were stuck.
     *
     * @param mostBytes how many bytes of UTF-8 the text may have
     * @throws IllegalArgumentException if that is negative
     */
    public String toText(int mostBytes) {
        if (mostBytes < 0) {
            throw new IllegalArgumentException(
                    "Can't write a report of at most " + mostBytes + " bytes: the number must not be negative");
        }
        return TextRenderer.render(this, mostBytes);
    }

    /**
     * Returns this report as one line of JSON for a program to read, with a {@code version} and all durations as
     * decimal numbers of seconds; {@code docs/shutdown-report.schema.json} describes it.
     */
    public String toJson() {
        return JsonRenderer.render(this);
    }

    /** Returns this report as a page of its own for a browser; see {@link ReportPage}. */
    public String toHtml() {
        return ReportPage.of(this).toHtml();
    }
}
