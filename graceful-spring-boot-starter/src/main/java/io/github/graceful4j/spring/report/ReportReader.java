package io.github.graceful4j.spring.report;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.StuckThread;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.report.StepResult;
import io.github.graceful4j.time.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParserFactory;

/**
 * Reads a report out of the JSON that {@link ShutdownReport#toJson()} wrote. It renders as the original did, except
 * that what was thrown is no more than its text and its stack trace.
 */
final class ReportReader {

    /** The versions of reports that this one can read: the one before had nothing but jobs. */
    private static final int VERSION = 3;

    private static final int VERSION_BEFORE = 2;

    private ReportReader() {}

    /**
     * Reads a report.
     *
     * @throws IllegalArgumentException if the JSON is no report, or one of another version
     */
    static ShutdownReport read(String json) {
        Map<String, Object> parsed = JsonParserFactory.getJsonParser().parseMap(json);
        JsonObject report = new JsonObject(parsed);
        int version = report.number("version");
        if (version != VERSION && version != VERSION_BEFORE) {
            throw new IllegalArgumentException("It is not a report of version " + VERSION + " or " + VERSION_BEFORE);
        }
        return new ShutdownReport(
                reason(report.object("reason")),
                began(report.text("began")),
                report.seconds("elapsed"),
                report.has("gracePeriod") ? report.seconds("gracePeriod") : Deadline.UNLIMITED,
                report.seconds("drain"),
                report.constant("outcome", ShutdownOutcome.class),
                version == VERSION_BEFORE || report.isTrue("complete"),
                report.objects("phases").map(ReportReader::phase).toList(),
                report.objects("steps").map(ReportReader::step).toList(),
                report.objects("errors").map(ReportReader::error).toList());
    }

    private static Instant began(String text) {
        return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
    }

    private static ShutdownReason reason(@Nullable JsonObject reason) {
        return reason == null
                ? ShutdownReason.requested("unknown")
                : ShutdownReason.of(
                        reason.constant("kind", ShutdownReason.Kind.class),
                        reason.text("description"),
                        thrown(reason.object("failure")));
    }

    private static PhaseResult phase(JsonObject phase) {
        List<JobResult> jobs = phase.objects("jobs").map(ReportReader::job).toList();
        return new PhaseResult(
                phase.number("phase"),
                phase.seconds("began"),
                phase.seconds("elapsed"),
                jobs,
                phase.number("omitted"),
                blame(phase.texts("blame").toList(), jobs));
    }

    /** Two jobs of a name differ in their kind, and a path has at most one running job, which comes first. */
    private static List<JobResult> blame(List<String> names, List<JobResult> jobs) {
        List<JobResult> path = new ArrayList<>();
        for (String name : names) {
            JobKind likely = path.isEmpty() ? JobKind.RUNNING : JobKind.SHUTDOWN;
            Stream.concat(
                            jobs.stream().filter(job -> job.kind() == likely),
                            jobs.stream().filter(job -> job.kind() != likely))
                    .filter(job -> job.job().equals(name))
                    .findFirst()
                    .ifPresent(path::add);
        }
        return path;
    }

    private static JobResult job(JsonObject job) {
        JsonObject stuck = job.object("stuck");
        return new JobResult(
                job.text("job"),
                job.constant("kind", JobKind.class),
                job.constant("outcome", JobOutcome.class),
                job.seconds("began"),
                job.seconds("elapsed"),
                job.seconds("age"),
                thrown(job.object("failure")),
                stuck == null ? null : new StuckThread(stuck.text("thread"), List.of(frames(stuck))));
    }

    private static StepResult step(JsonObject step) {
        return new StepResult(
                step.constant("kind", StepResult.Kind.class),
                step.text("name"),
                step.text("type"),
                step.has("phase") ? step.number("phase") : null,
                step.seconds("began"),
                step.seconds("elapsed"),
                step.isTrue("timedOut"));
    }

    private static RecordedError error(JsonObject error) {
        Throwable thrown = thrown(error.object("thrown"));
        return new RecordedError(
                error.text("name"),
                error.constant("source", RecordedError.Source.class),
                thrown == null ? new RecordedThrowable("unknown", "", new StackTraceElement[0]) : thrown);
    }

    private static @Nullable Throwable thrown(@Nullable JsonObject thrown) {
        return thrown == null
                ? null
                : new RecordedThrowable(thrown.text("type"), thrown.text("message"), frames(thrown));
    }

    private static StackTraceElement[] frames(JsonObject parent) {
        return parent.texts("stack").map(RecordedFrame::parse).toArray(StackTraceElement[]::new);
    }
}
