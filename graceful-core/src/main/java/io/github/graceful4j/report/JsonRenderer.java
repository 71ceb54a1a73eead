package io.github.graceful4j.report;

import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.StuckThread;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a report for a program to read, as {@code docs/shutdown-report.schema.json} describes it. */
final class JsonRenderer {

    /** Raised when a reader of the version before could misunderstand what is written; a new field is no reason. */
    static final int VERSION = 3;

    private static final int NANO_DIGITS = 9;

    private JsonRenderer() {}

    static String render(ShutdownReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", VERSION);
        json.put("outcome", report.outcome().name());
        json.put("complete", report.complete());
        json.put("reason", describe(report.reason()));
        json.put("began", report.began().toString());
        json.put("elapsed", seconds(report.elapsed()));
        if (report.isLimited()) {
            json.put("gracePeriod", seconds(report.gracePeriod()));
        }
        if (!report.drain().isZero()) {
            json.put("drain", seconds(report.drain()));
        }
        json.put("phases", report.phases().stream().map(JsonRenderer::describe).toList());
        json.put("steps", report.steps().stream().map(JsonRenderer::describe).toList());
        json.put("blame", report.blame().stream().map(JsonRenderer::describe).toList());
        if (report.stacksNotTaken() > 0) {
            json.put("stacksNotTaken", report.stacksNotTaken());
        }
        json.put("errors", report.errors().stream().map(JsonRenderer::describe).toList());
        return JsonWriter.write(json);
    }

    private static Map<String, Object> describe(ShutdownReason reason) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", reason.kind().name());
        json.put("description", reason.description());
        Throwable failure = reason.failure();
        if (failure != null) {
            json.put("failure", describe(failure));
        }
        return json;
    }

    private static Map<String, Object> describe(PhaseResult phase) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("phase", phase.phase());
        json.put("began", seconds(phase.began()));
        json.put("elapsed", seconds(phase.elapsed()));
        json.put("jobs", phase.jobs().stream().map(JsonRenderer::describe).toList());
        if (phase.omitted() > 0) {
            json.put("omitted", phase.omitted());
        }
        json.put("blame", phase.blame().stream().map(JobResult::job).toList());
        return json;
    }

    private static Map<String, Object> describe(JobResult job) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("job", job.job());
        json.put("kind", job.kind().name());
        json.put("outcome", job.outcome().name());
        json.put("began", seconds(job.began()));
        json.put("elapsed", seconds(job.elapsed()));
        json.put("age", seconds(job.age()));
        Throwable failure = job.failure();
        if (failure != null) {
            json.put("failure", describe(failure));
        }
        StuckThread stuck = job.stuck();
        if (stuck != null) {
            json.put("stuck", Map.of("thread", stuck.name(), "stack", frames(stuck.stack())));
        }
        return json;
    }

    private static Map<String, Object> describe(StepResult step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", step.kind().name());
        json.put("name", step.name());
        json.put("type", step.type());
        Integer phase = step.phase();
        if (phase != null) {
            json.put("phase", phase);
        }
        json.put("began", seconds(step.began()));
        json.put("elapsed", seconds(step.elapsed()));
        json.put("timedOut", step.timedOut());
        return json;
    }

    private static Map<String, Object> describe(WaitedFor waitedFor) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", waitedFor.name());
        json.put("kind", waitedFor.kind().name());
        json.put("elapsed", seconds(waitedFor.elapsed()));
        return json;
    }

    private static Map<String, Object> describe(RecordedError error) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", error.name());
        json.put("source", error.source().name());
        json.put("thrown", describe(error.thrown()));
        return json;
    }

    private static Map<String, Object> describe(Throwable thrown) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", thrown.getClass().getName());
        json.put("message", ThrownText.messageOf(thrown));
        json.put("stack", frames(ThrownText.stackOf(thrown)));
        return json;
    }

    private static List<String> frames(List<StackTraceElement> stack) {
        return stack.stream().map(StackTraceElement::toString).toList();
    }

    /** Seconds as a decimal number without an exponent, exact to the nanosecond. */
    private static BigDecimal seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.toSeconds())
                .add(BigDecimal.valueOf(duration.toNanosPart(), NANO_DIGITS))
                .stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
