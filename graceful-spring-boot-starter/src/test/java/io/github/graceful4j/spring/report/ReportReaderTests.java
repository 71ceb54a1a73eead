package io.github.graceful4j.spring.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportReaderTests {

    private static JobResult job(String name, JobKind kind, JobOutcome outcome, long nanos) {
        return new JobResult(
                name, kind, outcome, Duration.ofMillis(3), Duration.ofNanos(nanos), Duration.ofDays(40), null, null);
    }

    private static final JobResult STUCK = new JobResult(
            "same name",
            JobKind.RUNNING,
            JobOutcome.INTERRUPTED,
            Duration.ofNanos(1),
            Duration.ofNanos(24_000_000_001L),
            Duration.ofDays(40).plusNanos(7),
            new IllegalStateException("<broken> \"ä\"\n"),
            new StuckThread(
                    "graceful-job-same name", List.of(Thread.currentThread().getStackTrace())));

    private static final JobResult SAME_NAME = job("same name", JobKind.SHUTDOWN, JobOutcome.TIMED_OUT, 500_000_000);

    private static final ShutdownReport REPORT = new ShutdownReport(
            ShutdownReason.jobFailed("poll", new OutOfMemoryError()),
            Instant.parse("2026-11-24T10:15:30.25Z"),
            Duration.ofMillis(24_502),
            Duration.ofSeconds(30),
            Duration.ofMillis(1_500),
            ShutdownOutcome.TIMED_OUT,
            List.of(
                    new PhaseResult(
                            Integer.MAX_VALUE - 1280,
                            Duration.ofMillis(1),
                            Duration.ofMillis(24_400),
                            List.of(STUCK, job("other", JobKind.RUNNING, JobOutcome.COMPLETED, 0), SAME_NAME),
                            99_000,
                            List.of(STUCK, SAME_NAME)),
                    new PhaseResult(Integer.MIN_VALUE, Duration.ofSeconds(24), Duration.ZERO, List.of(), List.of())),
            List.of(new RecordedError(
                    "same name", RecordedError.Source.RUNNING_JOB, new IllegalStateException("late"))));

    @Test
    @DisplayName("S14: a report that is read again renders as the original did, as text and as a page")
    void readReportRendersAlike() {
        ShutdownReport read = ReportReader.read(REPORT.toJson());

        assertThat(read.toText()).isEqualTo(REPORT.toText());
        assertThat(read.toHtml()).isEqualTo(REPORT.toHtml());
        assertThat(read.phases().get(0).blame())
                .extracting(JobResult::kind)
                .containsExactly(JobKind.RUNNING, JobKind.SHUTDOWN);
        assertThat(read.elapsed()).isEqualTo(REPORT.elapsed());
        assertThat(read.began()).isEqualTo(REPORT.began());
    }

    @Test
    @DisplayName("S14: a report of a shutdown without a limit renders as the original did, too")
    void unlimitedReportRendersAlike() {
        ShutdownReport unlimited = new ShutdownReport(
                REPORT.reason(),
                REPORT.began(),
                REPORT.elapsed(),
                Deadline.UNLIMITED,
                REPORT.drain(),
                REPORT.outcome(),
                REPORT.phases(),
                REPORT.errors());

        ShutdownReport read = ReportReader.read(unlimited.toJson());

        assertThat(read.gracePeriod()).isEqualTo(Deadline.UNLIMITED);
        assertThat(read.toText()).isEqualTo(unlimited.toText()).isNotEqualTo(REPORT.toText());
        assertThat(read.toHtml()).isEqualTo(unlimited.toHtml());
    }

    @Test
    @DisplayName("S14: S19: a report of a whole close renders as the original did, complete or not")
    void wholeCloseRendersAlike() {
        StepResult step = new StepResult(
                StepResult.Kind.LIFECYCLE_BEAN,
                "webServerGracefulShutdown",
                "com.example.Server",
                Integer.MAX_VALUE - 1024,
                Duration.ofMillis(1),
                Duration.ofSeconds(6),
                true);
        StepResult destruction = new StepResult(
                StepResult.Kind.DESTRUCTION, "pool", "", null, Duration.ofSeconds(7), Duration.ofSeconds(1), false);

        for (boolean complete : new boolean[] {true, false}) {
            ShutdownReport whole = REPORT.ofWholeClose(Duration.ofSeconds(31), complete, List.of(step, destruction));
            ShutdownReport read = ReportReader.read(whole.toJson());

            assertThat(read.steps()).containsExactly(step, destruction);
            assertThat(read.complete()).isEqualTo(complete);
            assertThat(read.toText()).isEqualTo(whole.toText());
            assertThat(read.toHtml()).isEqualTo(whole.toHtml());
        }
    }

    @Test
    @DisplayName("S14: a report of the version before is read, and is complete")
    void versionBeforeIsRead() {
        String before = REPORT.toJson()
                .replace("\"version\":3", "\"version\":2")
                .replace("\"complete\":true,", "")
                .replace("\"steps\":[],", "");

        ShutdownReport read = ReportReader.read(before);

        assertThat(before).doesNotContain("complete", "steps");
        assertThat(read.complete()).isTrue();
        assertThat(read.toText()).isEqualTo(REPORT.toText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.base@17.0.15/java.lang.Thread.sleep(Native Method)",
                "app//com.example.LegacySystem.poll(LegacySystem.java:41)",
                "com.example.Generated$$Lambda/0x00007f.run(Unknown Source)",
                "com.example.Script.<init>(Script.kt)",
                "no frame at all",
                "",
            })
    @DisplayName("S14: a line of a stack trace that is read again is written as it was")
    void readFrameIsWrittenAlike(String frame) {
        String written = RecordedFrame.parse(frame).toString();

        assertThat(written).startsWith(frame);
        assertThat(frame.contains("(") ? written : frame).isEqualTo(frame);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":1,\"outcome\":\"CLEAN\"}",
                "{\"version\":4,\"outcome\":\"CLEAN\"}",
                "{\"version\":2,\"outcome\":\"BETTER\"}",
                "{\"version\":2}",
                "{\"outcome\":\"CLEAN\"}"
            })
    @DisplayName("S14: what is no report of this version is refused")
    void otherJsonIsRefused(String json) {
        assertThatThrownBy(() -> ReportReader.read(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("S14: what is missing in a report is read as empty")
    void missingIsEmpty() {
        ShutdownReport read = ReportReader.read("{\"version\":2,\"outcome\":\"CLEAN\",\"phases\":[{}],\"errors\":7}");

        assertThat(read.errors()).isEmpty();
        assertThat(read.elapsed()).isZero();
        assertThat(read.gracePeriod()).isEqualTo(Deadline.UNLIMITED);
        assertThat(read.phases())
                .singleElement()
                .satisfies(phase -> assertThat(phase.jobs()).isEmpty());
    }
}
