package io.github.graceful4j.report;

import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How far a shutdown has come that is under way. Immutable and thread-safe.
 *
 * <p>A type of its own beside {@link ShutdownReport}, since it has no outcome yet; so whoever reads outcomes, out of a
 * report, its JSON or a meter, never meets one that is none.
 *
 * @param reason who asked for it, and why
 * @param began when it was asked for
 * @param elapsed how long it has taken until now
 * @param gracePeriod how long it may take; {@link Deadline#UNLIMITED} for as long as it needs
 * @param drain for how long nothing was stopped yet, so that traffic could move elsewhere; zero if there was no drain
 * @param phases what came of each phase that has stopped, in the order in which they stopped
 * @param jobs how far the jobs of all other phases have come: the running jobs, then the shutdown jobs, each in the
 *     order of registration
 * @param errors everything that was thrown in the life of the manager so far, in the order in which it was recorded
 */
public record ShutdownProgress(
        ShutdownReason reason,
        Instant began,
        Duration elapsed,
        Duration gracePeriod,
        Duration drain,
        List<PhaseResult> phases,
        List<JobProgress> jobs,
        List<RecordedError> errors) {

    /** Copies the lists. */
    public ShutdownProgress {
        phases = List.copyOf(phases);
        jobs = List.copyOf(jobs);
        errors = List.copyOf(errors);
    }

    /** Returns this as a page of its own; see {@link ReportPage}. */
    public String toHtml() {
        return ReportPage.of(this).toHtml();
    }
}
