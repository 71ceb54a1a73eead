package io.github.graceful4j.spring.report;

import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.ShutdownReport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the last process that kept its reports in the same file ended. Immutable and thread-safe.
 *
 * @param outcome the outcome of its report; {@link #UNCLEAN} if it ended without one, {@link #UNKNOWN} if nothing is
 *     known of it
 * @param report its report, or {@code null} if there is none; what was thrown is no more than its text and stack trace
 * @param json the same as it was written, as {@code docs/shutdown-report.schema.json} describes it; {@code null} if
 *     there is none
 */
public record PreviousShutdown(
        String outcome,
        @Nullable ShutdownReport report,
        @Nullable String json) {

    /** The outcome of a process that crashed, or was killed or halted before its close was over. */
    public static final String UNCLEAN = "UNCLEAN";

    /** The outcome of a process nothing is known of: the first one, or one whose report can't be read. */
    public static final String UNKNOWN = "UNKNOWN";

    static PreviousShutdown unknown() {
        return new PreviousShutdown(UNKNOWN, null, null);
    }

    static PreviousShutdown of(String json) {
        ShutdownReport report = ReportReader.read(json);
        return new PreviousShutdown(report.complete() ? report.outcome().name() : UNCLEAN, report, json);
    }

    /** Returns the same of a process that died before it was closed. */
    PreviousShutdown unclean() {
        return new PreviousShutdown(UNCLEAN, report, json);
    }

    /** Returns whether anything is known of the last process. */
    public boolean isKnown() {
        return !outcome.equals(UNKNOWN);
    }

    /** Returns how long the shutdown took, or {@code null} if there is no report. */
    public @Nullable Duration elapsed() {
        return report == null ? null : report.elapsed();
    }

    /** Returns the names of the jobs that were interrupted or given up. */
    public List<String> stuckJobs() {
        return report == null
                ? List.of()
                : report.jobs().stream()
                        .filter(job -> job.stuck() != null)
                        .map(JobResult::job)
                        .toList();
    }
}
