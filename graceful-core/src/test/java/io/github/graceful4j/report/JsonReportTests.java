package io.github.graceful4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.StuckThread;
import io.github.graceful4j.time.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReportTests {

    private static final JobResult STUCK = new JobResult(
            "poll",
            JobKind.RUNNING,
            JobOutcome.ABANDONED,
            Duration.ofMillis(1),
            Duration.ofSeconds(24),
            Duration.ofHours(2),
            null,
            new StuckThread(
                    "graceful-job-poll",
                    List.of(new StackTraceElement("com.example.Legacy", "poll", "Legacy.java", 41))));

    private static final JobResult FLUSH = new JobResult(
            "flush",
            JobKind.SHUTDOWN,
            JobOutcome.FAILED,
            Duration.ofSeconds(24),
            Duration.ofNanos(1_000_001),
            Duration.ofNanos(1_000_001),
            new IllegalStateException("disk \"full\"\n"),
            null);

    private static final ShutdownReport REPORT = new ShutdownReport(
            ShutdownReason.jobFailed("poll", new OutOfMemoryError("heap")),
            Instant.parse("2026-11-24T10:15:30.25Z"),
            Duration.ofMillis(24_002),
            Duration.ofSeconds(30),
            Duration.ofMillis(1_500),
            ShutdownOutcome.TIMED_OUT,
            List.of(new PhaseResult(
                    0, Duration.ZERO, Duration.ofMillis(24_002), List.of(STUCK, FLUSH), List.of(STUCK, FLUSH))),
            List.of(new RecordedError("poll", RecordedError.Source.RUNNING_JOB, new TimeoutException("late"))));

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    @DisplayName("C18: the JSON tells everything the report knows")
    void jsonTellsEverything() throws JsonProcessingException {
        JsonNode json = mapper.readTree(REPORT.toJson());

        assertThat(json.get("version").intValue()).isEqualTo(3);
        assertThat(json.get("complete").booleanValue()).isTrue();
        assertThat(json.get("outcome").textValue()).isEqualTo("TIMED_OUT");
        assertThat(json.at("/reason/kind").textValue()).isEqualTo("JOB_FAILED");
        assertThat(json.at("/reason/failure/type").textValue()).isEqualTo("java.lang.OutOfMemoryError");
        assertThat(json.get("began").textValue()).isEqualTo("2026-11-24T10:15:30.250Z");
        assertThat(json.get("elapsed").decimalValue()).isEqualByComparingTo("24.002");
        assertThat(json.get("gracePeriod").decimalValue()).isEqualByComparingTo("30");
        assertThat(json.get("drain").decimalValue()).isEqualByComparingTo("1.5");
        assertThat(json.at("/phases/0/jobs/0/stuck/thread").textValue()).isEqualTo("graceful-job-poll");
        assertThat(json.at("/phases/0/jobs/0/stuck/stack/0").textValue())
                .isEqualTo("com.example.Legacy.poll(Legacy.java:41)");
        assertThat(json.at("/phases/0/jobs/1/elapsed").decimalValue()).isEqualByComparingTo("0.001000001");
        assertThat(json.at("/phases/0/jobs/1/failure/message").textValue()).isEqualTo("disk \"full\"\n");
        assertThat(json.at("/phases/0/blame")).extracting(JsonNode::textValue).containsExactly("poll", "flush");
        assertThat(json.at("/blame"))
                .extracting(job -> job.get("name").textValue())
                .containsExactly("poll", "readiness is off", "flush");
        assertThat(json.at("/errors/0/source").textValue()).isEqualTo("RUNNING_JOB");
    }

    @Test
    @DisplayName("C18: the JSON fits the schema, which refuses what does not")
    void jsonFitsTheSchema() throws IOException {
        JsonSchema schema = schema();

        assertThat(schema.validate(mapper.readTree(REPORT.toJson()))).isEmpty();
        assertThat(schema.validate(mapper.readTree(REPORT.toJson().replace("ABANDONED", "FORGOTTEN"))))
                .isNotEmpty();
        assertThat(schema.validate(mapper.readTree(REPORT.toJson().replace("\"age\"", "\"Age\""))))
                .isNotEmpty();
    }

    @Test
    @DisplayName("C18: in JSON, no limit is no grace period, and none at all is one of zero")
    void jsonTellsLimitsApart() throws IOException {
        JsonNode unlimited =
                mapper.readTree(SampleReports.empty(Deadline.UNLIMITED).toJson());
        JsonNode none = mapper.readTree(SampleReports.empty(Duration.ZERO).toJson());

        assertThat(unlimited.has("gracePeriod")).isFalse();
        assertThat(none.get("gracePeriod").decimalValue()).isZero();
        assertThat(schema().validate(unlimited)).isEmpty();
        assertThat(schema().validate(none)).isEmpty();
    }

    @Test
    @DisplayName("C18: the JSON says how many jobs that ended well it does not list")
    void jsonSaysHowManyAreOmitted() throws IOException {
        JsonNode some = mapper.readTree(SampleReports.omitting(99_000).toJson());

        assertThat(some.at("/phases/0/omitted").intValue()).isEqualTo(99_000);
        assertThat(schema().validate(some)).isEmpty();
        assertThat(mapper.readTree(SampleReports.omitting(0).toJson())
                        .at("/phases/0")
                        .has("omitted"))
                .isFalse();
    }

    @Test
    @DisplayName("C18: the JSON says of how many late jobs there is no stack")
    void jsonSaysHowManyStacksThereAreNot() throws IOException {
        JsonNode some = mapper.readTree(SampleReports.late(3, 9_900).toJson());

        assertThat(some.get("stacksNotTaken").intValue()).isEqualTo(9_900);
        assertThat(schema().validate(some)).isEmpty();
        assertThat(mapper.readTree(SampleReports.late(3, 0).toJson()).has("stacksNotTaken"))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(JobOutcome.class)
    @DisplayName("C18: the schema knows every outcome of a job")
    void schemaKnowsEveryOutcome(JobOutcome outcome) throws IOException {
        assertThat(schema().validate(mapper.readTree(REPORT.toJson().replace("ABANDONED", outcome.name()))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ShutdownReason.Kind.class)
    @DisplayName("C18: the schema knows every kind of reason")
    void schemaKnowsEveryReason(ShutdownReason.Kind kind) throws IOException {
        assertThat(schema().validate(mapper.readTree(REPORT.toJson().replace("JOB_FAILED", kind.name()))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RecordedError.Source.class)
    @DisplayName("C18: the schema knows every source of an error")
    void schemaKnowsEverySource(RecordedError.Source source) throws IOException {
        assertThat(schema().validate(mapper.readTree(
                        REPORT.toJson().replace("\"source\":\"RUNNING_JOB\"", "\"source\":\"" + source.name() + "\""))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "quote \" backslash \\ slash /",
                "line\nfeed\rreturn\ttab\bbackspace\fform",
                "\u0000\u001f\u007f",
                "</script><script>alert(1)</script>",
                "\u2028\u2029",
                "\u001b[2J\u0085\u061c\u200e\u202e\u2066",
                "äöü € 漢字 \uD83D\uDE80",
            })
    @DisplayName("C18: any text survives the way through JSON")
    void anyTextSurvives(String text) throws JsonProcessingException {
        String json = JsonWriter.write(Map.of("text", List.of(text)));

        assertThat(mapper.readTree(json).at("/text/0").textValue()).isEqualTo(text);
        assertThat(json)
                .doesNotContain("\n", "<", "\u2028", "\u001b", "\u0085", "\u061c", "\u200e", "\u202e", "\u2066");
    }

    @Test
    @DisplayName("C18: half a surrogate pair is escaped, so that the JSON can be encoded")
    void halfSurrogatesAreEscaped() {
        String json = JsonWriter.write(List.of("a\uD83D", "\uDE80b", "\uD83Dx"));

        assertThat(json).isEqualTo("[\"a\\ud83d\",\"\\ude80b\",\"\\ud83dx\"]");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(json)).isTrue();
    }

    @Test
    @DisplayName("C18: whole surrogate pairs and all that needs no escape are written as they are")
    void ordinaryTextIsNotEscaped() {
        String text = " a~ \u00E9 \uD83D\uDE80";

        assertThat(JsonWriter.write(text)).isEqualTo('"' + text + '"');
    }

    @Test
    @DisplayName("C18: nulls, numbers and booleans are written as such")
    void scalarsAreWritten() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("number", 1);
        values.put("flag", true);

        assertThat(JsonWriter.write(values)).isEqualTo("{\"number\":1,\"flag\":true}");
        assertThat(JsonWriter.write(null)).isEqualTo("null");
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("..", "docs", "shutdown-report.schema.json")));
    }
}
