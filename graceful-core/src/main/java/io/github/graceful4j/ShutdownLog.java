package io.github.graceful4j;

import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.ShutdownReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The two lines at INFO that every shutdown has: one when it begins, and one when it is over, which says what it waited
 * for if that took a while.
 *
 * <p>Thread-safe, as the logger behind it is.
 */
final class ShutdownLog {

    /** What took less is not worth a line. */
    private static final Duration NOTICEABLE = Duration.ofMillis(100);

    private static final int BLAMED = 5;
    private static final double MILLIS_PER_SECOND = 1_000;

    private final SafeLogger logger;

    ShutdownLog(SafeLogger logger) {
        this.logger = logger;
    }

    void began(ShutdownRequest request, int jobs) {
        logger.info(
                LogFields.ofRequest(request, jobs),
                "Shutdown began (reason: {}): {} jobs, {}",
                request.reason(),
                jobs,
                request.deadline().isNever()
                        ? "no time limit"
                        : "to be over in " + request.allowed().toMillis() + " ms, by " + LogFields.deadline(request));
    }

    void ended(ShutdownReport report) {
        logger.info(
                LogFields.ofReport(report),
                "Shutdown ended {} after {} ms{}: {} jobs in {} phases, {} errors{}",
                report.outcome(),
                report.elapsed().toMillis(),
                report.gracePeriod().isZero()
                        ? ""
                        : " of " + report.gracePeriod().toMillis() + " ms",
                report.jobs().size(),
                report.phases().size(),
                report.errors().size(),
                blame(report));
        logger.debug(report::toText);
    }

    private static String blame(ShutdownReport report) {
        List<JobResult> blamed = report.blame().stream()
                .filter(job -> job.elapsed().compareTo(NOTICEABLE) >= 0)
                .limit(BLAMED)
                .toList();
        return blamed.isEmpty()
                ? ""
                : blamed.stream().map(ShutdownLog::line).collect(Collectors.joining("", "; it waited for", ""));
    }

    /** A name with a line break must not be able to fake a line of the log. */
    private static String line(JobResult job) {
        return String.format(
                Locale.ROOT,
                "%n\t%8.3fs  %s (%s)",
                job.elapsed().toMillis() / MILLIS_PER_SECOND,
                job.job().replaceAll("\\R", " "),
                job.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
}
