package io.github.graceful4j.spring.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the last process that kept its reports in the same file ended. Immutable and thread-safe.
 *
 * @param outcome the outcome of its report; {@link #UNCLEAN} if it ended without one, {@link #UNKNOWN} if nothing is
 *     known of it
 * @param report its report, as {@code docs/shutdown-report.schema.json} describes it; empty if there is none
 * @param json the same as text, or {@code null} if there is none
 */
public record PreviousShutdown(
        String outcome,
        Map<String, Object> report,
        @Nullable String json) {

    /** The outcome of a process that crashed, or was killed before its shutdown was over. */
    public static final String UNCLEAN = "UNCLEAN";

    /** The outcome of a process nothing is known of: the first one, or one whose report can't be read. */
    public static final String UNKNOWN = "UNKNOWN";

    private static final double NANOS = 1e9;

    static PreviousShutdown unknown() {
        return new PreviousShutdown(UNKNOWN, Map.of(), null);
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
        return report.get("elapsed") instanceof Number seconds
                ? Duration.ofNanos(Math.round(seconds.doubleValue() * NANOS))
                : null;
    }

    /** Returns the names of the jobs that were interrupted or given up. */
    public List<String> stuckJobs() {
        return elements(report, "phases")
                .flatMap(phase -> elements(phase, "jobs"))
                .filter(job -> job.containsKey("stuck"))
                .map(job -> String.valueOf(job.get("job")))
                .toList();
    }

    private static Stream<Map<?, ?>> elements(Map<?, ?> parent, String name) {
        if (!(parent.get(name) instanceof List<?> list)) {
            return Stream.empty();
        }
        return list.stream().filter(Map.class::isInstance).map(element -> (Map<?, ?>) element);
    }
}
