package io.github.graceful4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.StuckThread;
import io.github.graceful4j.time.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("changes the locale of the whole process")
class ShutdownReportTests {

    private static final StackTraceElement FRAME = new StackTraceElement("com.acme.Orders", "take", "Orders.java", 42);

    private static JobResult job(
            String name, JobKind kind, JobOutcome outcome, long millis, @Nullable StuckThread stuck) {
        Duration elapsed = Duration.ofMillis(millis);
        return new JobResult(name, kind, outcome, Duration.ZERO, elapsed, elapsed.plusSeconds(60), null, stuck);
    }

    private static ShutdownReport report(
            ShutdownReason reason,
            Duration gracePeriod,
            ShutdownOutcome outcome,
            List<PhaseResult> phases,
            List<RecordedError> errors) {
        return new ShutdownReport(
                reason, Instant.EPOCH, Duration.ofMillis(24_120), gracePeriod, Duration.ZERO, outcome, phases, errors);
    }

    private static PhaseResult phase(List<JobResult> jobs, List<JobResult> path) {
        return new PhaseResult(7, Duration.ofMillis(1), Duration.ofMillis(24_119), jobs, path);
    }

    @Test
    @DisplayName("C18: a report renders as text: outcome, phases, jobs, stuck threads, blame, errors")
    void rendersAsText() {
        JobResult stuck = job(
                "consume",
                JobKind.RUNNING,
                JobOutcome.ABANDONED,
                24_000,
                new StuckThread("graceful-job-consume", List.of(FRAME)));
        JobResult close = job("close", JobKind.SHUTDOWN, JobOutcome.FAILED, 120, null);
        ShutdownReport report = report(
                ShutdownReason.signal("SIGTERM"),
                Duration.ofSeconds(30),
                ShutdownOutcome.TIMED_OUT,
                List.of(phase(List.of(stuck, close), List.of(stuck, close))),
                List.of(new RecordedError("close", RecordedError.Source.SHUTDOWN_JOB, new IOException("no route"))));

        assertThat(report.toText().lines())
                .containsExactly(
                        "shutdown timed out in 24.120s of 30.000s (reason: SIGTERM)",
                        "  phase 7: began at 0.001s, took 24.119s",
                        "    abandoned    running  consume  began at 0.000s, took 24.000s",
                        "      thread 'graceful-job-consume', running for 84.000s, was at",
                        "        com.acme.Orders.take(Orders.java:42)",
                        "    failed       shutdown close  began at 0.000s, took 0.120s",
                        "what it waited for:",
                        "   24.000s  consume",
                        "    0.120s  close",
                        "errors:",
                        "  shutdown job 'close': java.io.IOException: no route");
    }

    @Test
    @DisplayName("C18: a report of a shutdown without jobs is one line")
    void rendersNothing() {
        ShutdownReport report =
                report(ShutdownReason.jvmExit(), Deadline.UNLIMITED, ShutdownOutcome.CLEAN, List.of(), List.of());

        assertThat(report.toText())
                .isEqualTo("shutdown clean in 24.120s of unlimited time (reason: the JVM is exiting)");
    }

    @Test
    @DisplayName("C18: no time at all is not taken for no limit")
    void rendersNoTimeAtAll() {
        ShutdownReport report =
                report(ShutdownReason.jvmExit(), Duration.ZERO, ShutdownOutcome.CLEAN, List.of(), List.of());

        assertThat(report.toText()).startsWith("shutdown clean in 24.120s of 0.000s ");
    }

    @Test
    @DisplayName("C18: the text says how many jobs that ended well it does not list")
    void textSaysHowManyAreOmitted() {
        assertThat(SampleReports.omitting(99_000).toText()).contains("\n    … 99,000 more ended well, none slower\n");
        assertThat(SampleReports.omitting(99_000).jobCount()).isEqualTo(99_001);
        assertThat(SampleReports.omitting(0).toText()).doesNotContain("more");
    }

    @Test
    @DisplayName("C9: C18: of very many late jobs the text says of how many there is no stack")
    void saysHowManyStacksThereAreNot() {
        ShutdownReport report = SampleReports.late(100, 9_900);

        assertThat(report.stacksNotTaken()).isEqualTo(9_900);
        assertThat(report.toText().lines()).contains("  stacks of 9,900 more jobs were not taken");
        assertThat(SampleReports.late(1, 1).toText().lines()).contains("  the stack of 1 more job was not taken");
        assertThat(SampleReports.late(1, 0).toText()).doesNotContain("not taken");
    }

    @Test
    @DisplayName("C9: a shutdown job that timed out counts among them, one that ended by itself does not")
    void countsOnlyWhatOutlastedItsTime() {
        List<JobResult> jobs = Stream.of(JobOutcome.values())
                .map(outcome -> job(outcome.name(), JobKind.SHUTDOWN, outcome, 1, null))
                .toList();
        ShutdownReport report = report(
                ShutdownReason.jvmExit(),
                Duration.ofSeconds(30),
                ShutdownOutcome.TIMED_OUT,
                List.of(phase(jobs, List.of())),
                List.of());

        assertThat(report.stacksNotTaken()).isEqualTo(3);
    }

    @Test
    @DisplayName("C18: a drain is told before the phases")
    void rendersTheDrain() {
        ShutdownReport report = new ShutdownReport(
                ShutdownReason.signal("SIGTERM"),
                Instant.EPOCH,
                Duration.ofMillis(5_010),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                ShutdownOutcome.CLEAN,
                List.of(phase(List.of(), List.of())),
                List.of());

        assertThat(report.toText().lines())
                .containsExactly(
                        "shutdown clean in 5.010s of 30.000s (reason: SIGTERM)",
                        "  drain: took 5.000s",
                        "  phase 7: began at 0.001s, took 24.119s",
                        "what it waited for:",
                        "    5.000s  readiness is off (drain)");
    }

    @Test
    @DisplayName("C18: a long stack is cut short")
    void cutsLongStacks() {
        StuckThread deep = new StuckThread("t", Collections.nCopies(20, FRAME));
        JobResult job = job("deep", JobKind.RUNNING, JobOutcome.INTERRUPTED, 1, deep);
        ShutdownReport report = report(
                ShutdownReason.requested("test"),
                Duration.ofSeconds(30),
                ShutdownOutcome.TIMED_OUT,
                List.of(phase(List.of(job), List.of())),
                List.of());

        assertThat(report.toText().lines().filter(line -> line.contains("Orders.java")))
                .hasSize(12);
        assertThat(report.toText()).endsWith("        … 8 more");
    }

    @Test
    @DisplayName("C18: no name, message or reason can fake a line")
    void linesCannotBeFaked() {
        JobResult job = job(
                "evil\nerrors:", JobKind.RUNNING, JobOutcome.ABANDONED, 1, new StuckThread("thread\r\nx", List.of()));
        ShutdownReport report = report(
                ShutdownReason.jobFailed("evil\nshutdown clean", new IOException("a\u2028b")),
                Duration.ofSeconds(30),
                ShutdownOutcome.TIMED_OUT,
                List.of(phase(List.of(job), List.of(job))),
                List.of(new RecordedError("evil\nx", RecordedError.Source.LISTENER, new IOException("first\nsecond"))));

        assertThat(report.toText().lines()).hasSize(8);
        assertThat(report.toText()).doesNotContain("\u2028").doesNotContain("\r");
    }

    @Test
    @DisplayName("C18: an exception whose message can't be told is named by its class")
    void exceptionWithoutAMessageToTell() {
        RuntimeException nasty = new RuntimeException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no text");
            }
        };

        assertThat(ShutdownReason.jobFailed("job", nasty))
                .hasToString("job 'job' failed: " + nasty.getClass().getName());
    }

    @Test
    @DisplayName("C18: the text is the same in every language")
    void textIsIndependentOfTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);

            assertThat(report(
                                    ShutdownReason.requested("test"),
                                    Duration.ofSeconds(30),
                                    ShutdownOutcome.FAILED,
                                    List.of(),
                                    List.of())
                            .toText())
                    .isEqualTo("shutdown failed in 24.120s of 30.000s (reason: test)");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @DisplayName("C18: a report is immutable")
    void immutable() {
        JobResult job = job("job", JobKind.RUNNING, JobOutcome.COMPLETED, 1, null);
        List<JobResult> jobs = new ArrayList<>(List.of(job));
        PhaseResult phase = phase(jobs, jobs);
        List<PhaseResult> phases = new ArrayList<>(List.of(phase));
        ShutdownReport report = report(
                ShutdownReason.requested("test"),
                Duration.ofSeconds(30),
                ShutdownOutcome.CLEAN,
                phases,
                new ArrayList<>());

        jobs.clear();
        phases.clear();

        assertThat(report.jobs()).containsExactly(job);
        assertThat(report.blame()).containsExactly(WaitedFor.of(job));
        assertThatThrownBy(() -> report.phases().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> report.errors().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @DisplayName("C18: blame begins with the job that took longest")
    void blameBeginsWithTheLongest() {
        JobResult shorter = job("shorter", JobKind.RUNNING, JobOutcome.COMPLETED, 10, null);
        JobResult longer = job("longer", JobKind.SHUTDOWN, JobOutcome.COMPLETED, 20, null);
        ShutdownReport report = report(
                ShutdownReason.contextClosed("app"),
                Duration.ofSeconds(30),
                ShutdownOutcome.CLEAN,
                List.of(phase(List.of(shorter), List.of(shorter)), phase(List.of(longer), List.of(longer))),
                List.of());

        assertThat(report.blame()).containsExactly(WaitedFor.of(longer), WaitedFor.of(shorter));
        assertThat(report.reason()).hasToString("app is closing");
    }

    private static ShutdownReport longReport(String reason) {
        List<JobResult> jobs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            jobs.add(job("köln-" + i, JobKind.RUNNING, JobOutcome.COMPLETED, 1, null));
        }
        jobs.add(job("stuck", JobKind.RUNNING, JobOutcome.ABANDONED, 9_000, new StuckThread("t", List.of(FRAME))));
        jobs.add(job("close", JobKind.SHUTDOWN, JobOutcome.FAILED, 1, null));
        return report(
                ShutdownReason.requested(reason),
                Duration.ofSeconds(30),
                ShutdownOutcome.TIMED_OUT,
                List.of(phase(jobs, jobs)),
                List.of(new RecordedError("close", RecordedError.Source.SHUTDOWN_JOB, new IOException("no route"))));
    }

    @Test
    @DisplayName("S14: a text of limited size keeps the lines that matter most, each whole and in order")
    void limitedTextKeepsWhatMatters() {
        ShutdownReport report = longReport("test");
        List<String> all = report.toText().lines().toList();

        String text = report.toText(4096);

        List<String> lines = text.lines().toList();
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(3900, 4096);
        assertThat(lines.subList(0, lines.size() - 1)).isSubsetOf(all).startsWith(all.get(0));
        assertThat(lines.get(lines.size() - 1)).isEqualTo("… " + (all.size() - lines.size() + 1) + " more lines");
        assertThat(text)
                .containsSubsequence(
                        "abandoned    running  stuck",
                        "com.acme.Orders.take(Orders.java:42)",
                        "failed       shutdown close",
                        "what it waited for:",
                        "shutdown job 'close': java.io.IOException: no route");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30, 60, 100, 200, 1000, 1001, 1002, 1003, 20_000})
    @DisplayName("S14: a text of limited size never has more bytes, and is never cut within a character")
    void limitedTextFits(int mostBytes) {
        String text = longReport("größer \uD83D\uDE00".repeat(3)).toText(mostBytes);

        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(mostBytes);
        assertThat(text).doesNotContain("\uFFFD").doesNotContain("?");
    }

    @Test
    @DisplayName("S14: a text that fits is not changed")
    void textThatFitsIsWhole() {
        ShutdownReport report = longReport("test");

        assertThat(report.toText(100_000)).isEqualTo(report.toText());
    }

    @Test
    @DisplayName("S14: a negative size is refused")
    void negativeSizeIsRefused() {
        assertThatThrownBy(() -> longReport("test").toText(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
