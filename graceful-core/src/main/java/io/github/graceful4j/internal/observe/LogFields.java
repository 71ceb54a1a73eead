package io.github.graceful4j.internal.observe;

import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.StuckThread;
import io.github.graceful4j.report.PlainText;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What a log line says beside its text, for a log that keeps fields: the README's table lists them. No name is the
 * beginning of another up to a dot, since a log of JSON may make an object of what is before a dot. Durations are
 * seconds, as in the JSON of a report.
 *
 * <p>Immutable and thread-safe.
 */
final class LogFields {

    private static final int MILLI_DIGITS = 3;

    private final Map<String, Object> fields;

    private LogFields(Map<String, Object> fields) {
        this.fields = fields;
    }

    /**
     * Returns the fields of the line that says a shutdown began.
     *
     * @param deadline when it has to be over, by the clock on the wall, or {@code null} for no limit
     */
    static LogFields ofRequest(ShutdownReason reason, int jobs, Duration gracePeriod, @Nullable Instant deadline) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("graceful.reason", PlainText.of(reason.toString()));
        fields.put("graceful.trigger", reason.kind().name());
        fields.put("graceful.jobs", jobs);
        if (deadline != null) {
            fields.put("graceful.grace_period", seconds(gracePeriod));
            fields.put("graceful.deadline", InstantText.of(deadline));
        }
        return new LogFields(fields);
    }

    static LogFields ofReport(ShutdownReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("graceful.outcome", report.outcome().name());
        fields.put("graceful.reason", PlainText.of(report.reason().toString()));
        fields.put("graceful.trigger", report.reason().kind().name());
        fields.put("graceful.elapsed", seconds(report.elapsed()));
        if (report.gracePeriod().compareTo(Deadline.UNLIMITED) < 0) {
            fields.put("graceful.grace_period", seconds(report.gracePeriod()));
        }
        fields.put("graceful.jobs", report.jobCount());
        fields.put("graceful.phases", report.phases().size());
        fields.put("graceful.errors", report.errors().size());
        return new LogFields(fields);
    }

    static LogFields ofJob(JobResult result, int phase) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("graceful.job", result.job());
        fields.put("graceful.kind", result.kind().name());
        fields.put("graceful.phase", phase);
        fields.put("graceful.outcome", result.outcome().name());
        fields.put("graceful.age", seconds(result.age()));
        StuckThread stuck = result.stuck();
        if (stuck != null) {
            fields.put("graceful.thread", PlainText.of(stuck.name()));
        }
        return new LogFields(fields);
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), MILLI_DIGITS);
    }

    LoggingEventBuilder addTo(LoggingEventBuilder line) {
        LoggingEventBuilder all = line;
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            all = all.addKeyValue(field.getKey(), field.getValue());
        }
        return all;
    }
}
