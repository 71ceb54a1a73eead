package io.github.graceful4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.StuckThread;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is thrown, and whatever it answers when it is asked about itself, a report tells all the rest. */
class RubbishTests {

    /** Clears a terminal, hides what is before it, and forges a line. */
    private static final String EVIL = "evil\u001b[2J\u202E\u2028\r\nerrors:\n\u0000\uD83D";

    private static final StackTraceElement EVIL_FRAME = new StackTraceElement(EVIL, EVIL, EVIL, 1);

    private static final Pattern ODD = Pattern.compile("[\\p{Cc}&&[^\n]]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]"
            + "|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]");

    /** What something thrown can do when it is asked. */
    @SuppressWarnings("ImmutableEnumChecker") // suppliers without a state
    enum Rubbish {
        NULL(() -> null, () -> null),
        EMPTY(() -> "", () -> new StackTraceElement[0]),
        EXCEPTION(
                () -> {
                    throw new IllegalStateException("no text");
                },
                () -> {
                    throw new IllegalStateException("no stack");
                }),
        ERROR(
                () -> {
                    throw new OutOfMemoryError("no text");
                },
                () -> {
                    throw new OutOfMemoryError("no stack");
                }),
        ENDLESS_RECURSION(
                () -> {
                    throw endless(new StackOverflowError());
                },
                () -> {
                    throw endless(new StackOverflowError());
                }),
        EVIL_CHARACTERS(() -> EVIL, () -> new StackTraceElement[] {EVIL_FRAME}),
        NULL_FRAMES(() -> "text", () -> new StackTraceElement[3]),
        VERY_LONG(() -> "\uD83D\uDE80".repeat(300_000), () -> {
            StackTraceElement[] stack = new StackTraceElement[100_000];
            Arrays.fill(stack, EVIL_FRAME);
            return stack;
        });

        private final Supplier<@Nullable String> text;
        private final Supplier<StackTraceElement @Nullable []> stack;

        Rubbish(Supplier<@Nullable String> text, Supplier<StackTraceElement @Nullable []> stack) {
            this.text = text;
            this.stack = stack;
        }

        @SuppressWarnings("InfiniteRecursion")
        private static Error endless(Error error) {
            return endless(error);
        }
    }

    /** Something thrown that is of no help, and does not want to be compared either. */
    @SuppressWarnings("ThrowableEqualsHashCode") // discouraged, but done
    private static final class Thrown extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Rubbish rubbish;

        Thrown(Rubbish rubbish) {
            this.rubbish = rubbish;
        }

        @Override
        @SuppressWarnings("NullAway") // that is what it is for
        public String toString() {
            return rubbish.text.get();
        }

        @Override
        @SuppressWarnings("NullAway")
        public String getMessage() {
            return rubbish.text.get();
        }

        @Override
        @SuppressWarnings("NullAway")
        public StackTraceElement[] getStackTrace() {
            return rubbish.stack.get();
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("no cause");
        }

        @Override
        public boolean equals(@Nullable Object other) {
            throw new IllegalStateException("not to be compared");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("not to be compared");
        }
    }

    /** Each way in which something that was thrown gets out of a report, a page or a reason. */
    enum Output {
        TEXT {
            @Override
            void check(ShutdownReport report) {
                String text = report.toText();

                assertThat(text.lines()).hasSize(report.jobs().size() + 7);
                assertPlain(text);
            }
        },
        BOUNDED_TEXT {
            @Override
            void check(ShutdownReport report) {
                String text = report.toText(300);

                assertThat(text.lines()).hasSizeLessThan(report.jobs().size() + 7);
                assertPlain(text);
            }
        },
        JSON {
            @Override
            void check(ShutdownReport report) throws IOException {
                String json = report.toJson();

                assertPlain(json);
                assertThat(json.lines()).hasSize(1);
                JsonNode tree = new ObjectMapper().readTree(json);
                assertThat(schema().validate(tree)).isEmpty();
                assertThat(tree.at("/errors/0/thrown/type").textValue()).isEqualTo(Thrown.class.getName());
                assertThat(tree.at("/phases/0/jobs/0/failure/message").isTextual())
                        .isTrue();
            }
        },
        HTML {
            @Override
            void check(ShutdownReport report) {
                String html = report.toHtml();

                assertPlain(html);
                assertThat(html).contains("job-0", "job-1", "</html>");
                assertThat(html).hasSizeLessThan(1_000_000);
            }
        },
        HTML_WITHOUT_MESSAGES {
            @Override
            void check(ShutdownReport report) {
                assertPlain(ReportPage.of(report).withoutMessages().toHtml());
            }
        },
        HTML_UNDER_WAY {
            @Override
            void check(ShutdownReport report) {
                Throwable thrown = report.errors().get(0).thrown();
                assertPlain(progress(report, thrown).toHtml());
                assertPlain(ReportPage.of(List.of(snapshot(thrown))).toHtml());
            }
        },
        WORDS {
            @Override
            void check(ShutdownReport report) {
                for (Object value : List.of(
                        report.reason(),
                        report.errors().get(0),
                        report.jobs().get(0),
                        snapshot(report.errors().get(0).thrown()))) {
                    assertThat(value.toString().lines()).hasSize(1);
                    assertPlain(value.toString());
                }
            }
        };

        abstract void check(ShutdownReport report) throws IOException;
    }

    private static void assertPlain(String text) {
        assertThat(ODD.matcher(text)
                        .results()
                        .map(match -> Integer.toHexString(match.group().charAt(0))))
                .isEmpty();
    }

    private static JobSnapshot snapshot(Throwable thrown) {
        return new JobSnapshot(
                "job-0", JobKind.RUNNING, 0, JobState.BACKING_OFF, Duration.ofSeconds(1), 1, null, thrown, "thread");
    }

    private static ShutdownProgress progress(ShutdownReport report, Throwable thrown) {
        return new ShutdownProgress(
                report.reason(),
                report.began(),
                report.elapsed(),
                report.gracePeriod(),
                report.drain(),
                List.of(),
                List.of(new JobProgress(snapshot(thrown), Duration.ZERO, Duration.ofMillis(1), null)),
                report.errors());
    }

    private static ShutdownReport report(Throwable thrown) {
        List<JobResult> jobs = Stream.of("job-0", "job-1", "job-2")
                .map(name -> new JobResult(
                        name,
                        JobKind.RUNNING,
                        JobOutcome.FAILED,
                        Duration.ZERO,
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        thrown,
                        null))
                .toList();
        return new ShutdownReport(
                ShutdownReason.jobFailed("job-0", thrown),
                Instant.EPOCH,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofMillis(1),
                ShutdownOutcome.FAILED,
                List.of(new PhaseResult(0, Duration.ZERO, Duration.ofSeconds(1), jobs, jobs.subList(0, 1))),
                List.of(new RecordedError("job-0", RecordedError.Source.RUNNING_JOB, thrown)));
    }

    static Stream<Arguments> combinations() {
        return Stream.of(Rubbish.values())
                .flatMap(rubbish -> Stream.of(Output.values()).map(output -> Arguments.of(rubbish, output)));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    @DisplayName("C18: whatever something thrown says of itself, a report tells all the rest, and nothing it could not")
    void reportTellsTheRest(Rubbish rubbish, Output output) throws IOException {
        output.check(report(new Thrown(rubbish)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Rubbish.class,
            names = {"NULL", "EXCEPTION", "ERROR", "ENDLESS_RECURSION"})
    @DisplayName("C18: what can't say what it is is named by its class, and has neither message nor stack")
    void namedByItsClass(Rubbish rubbish) {
        Thrown thrown = new Thrown(rubbish);

        assertThat(ThrownText.of(thrown)).isEqualTo(Thrown.class.getName());
        assertThat(ThrownText.typeOf(thrown)).isEqualTo(Thrown.class.getName());
        assertThat(ThrownText.messageOf(thrown)).isEmpty();
        assertThat(ThrownText.stackOf(thrown)).isEmpty();
    }

    @Test
    @DisplayName("C18: a text without end is cut, but not within a character, and so is a stack")
    void cutsWhatIsTooLong() {
        Thrown thrown = new Thrown(Rubbish.VERY_LONG);

        assertThat(ThrownText.of(thrown)).hasSize(10_001).endsWith("\uD83D\uDE80…");
        assertThat(ThrownText.messageOf(new IllegalStateException("a" + "\uD83D\uDE80".repeat(5_000))))
                .hasSize(10_000)
                .endsWith("\uD83D\uDE80…");
        assertThat(ThrownText.messageOf(new IllegalStateException("a".repeat(10_000))))
                .hasSize(10_000)
                .doesNotContain("…");
        assertThat(ThrownText.stackOf(thrown)).hasSize(1_024);
        assertThat(ThrownText.stackOf(new Thrown(Rubbish.NULL_FRAMES))).isEmpty();
    }

    @Test
    @DisplayName(
            "C18: names, reasons, threads and frames can't forge a line, move a cursor or hide what is around them")
    void foreignTextIsPlain() throws IOException {
        IllegalStateException thrown = new IllegalStateException(EVIL);
        thrown.setStackTrace(new StackTraceElement[] {EVIL_FRAME});
        JobResult job = new JobResult(
                EVIL,
                JobKind.RUNNING,
                JobOutcome.ABANDONED,
                Duration.ZERO,
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                thrown,
                new StuckThread(EVIL, List.of(EVIL_FRAME)));
        ShutdownReport report = new ShutdownReport(
                ShutdownReason.requested(EVIL),
                Instant.EPOCH,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ZERO,
                ShutdownOutcome.TIMED_OUT,
                List.of(new PhaseResult(0, Duration.ZERO, Duration.ofSeconds(1), List.of(job), List.of(job))),
                List.of(new RecordedError(EVIL, RecordedError.Source.RUNNING_JOB, thrown)));

        assertThat(report.toText().lines()).hasSize(9);
        assertPlain(report.toText());
        assertPlain(report.toText(1_000));
        assertPlain(report.toHtml());
        assertPlain(report.toJson());
        assertPlain(report.reason().toString());
        assertThat(new ObjectMapper()
                        .readTree(report.toJson())
                        .at("/phases/0/jobs/0/job")
                        .textValue())
                .isEqualTo(EVIL);
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("..", "docs", "shutdown-report.schema.json")));
    }
}
