package io.github.graceful4j;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.StuckThread;
import io.github.graceful4j.report.ShutdownReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
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

    static LogFields ofRequest(ShutdownRequest request, int jobs) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("graceful.reason", request.reason().toString());
        fields.put("graceful.trigger", request.reason().kind().name());
        fields.put("graceful.jobs", jobs);
        fields.put("graceful.grace_period", seconds(request.gracePeriod()));
        if (!request.deadline().isNever()) {
            fields.put("graceful.deadline", deadline(request));
        }
        return new LogFields(fields);
    }

    /** Returns when the grace period is over, by the clock on the wall. */
    static String deadline(ShutdownRequest request) {
        return request.began()
                .plus(request.allowed())
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }

    static LogFields ofReport(ShutdownReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("graceful.outcome", report.outcome().name());
        fields.put("graceful.reason", report.reason().toString());
        fields.put("graceful.trigger", report.reason().kind().name());
        fields.put("graceful.elapsed", seconds(report.elapsed()));
        fields.put("graceful.grace_period", seconds(report.gracePeriod()));
        fields.put("graceful.jobs", report.jobs().size());
        fields.put("graceful.phases", report.phases().size());
        fields.put("graceful.errors", report.errors().size());
        return new LogFields(fields);
    }

    static LogFields ofJob(
            String name, JobKind kind, int phase, JobOutcome outcome, Duration age, @Nullable StuckThread stuck) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("graceful.job", name);
        fields.put("graceful.kind", kind.name());
        fields.put("graceful.phase", phase);
        fields.put("graceful.outcome", outcome.name());
        fields.put("graceful.age", seconds(age));
        if (stuck != null) {
            fields.put("graceful.thread", stuck.name());
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
