package io.github.graceful4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a page; what a browser makes of it is a matter of {@code ChromiumIT}. */
class HtmlPageTests {

    private static ShutdownReport reportOf(String name) {
        JobResult job = new JobResult(
                name,
                JobKind.SHUTDOWN,
                JobOutcome.FAILED,
                Duration.ZERO,
                Duration.ofMillis(500),
                Duration.ofMillis(500),
                new IllegalStateException(name),
                SampleReports.stuckAt(name, "wait"));
        return new ShutdownReport(
                ShutdownReason.requested(name),
                SampleReports.BEGAN,
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ZERO,
                ShutdownOutcome.FAILED,
                List.of(new PhaseResult(0, Duration.ZERO, Duration.ofMillis(500), List.of(job), List.of(job))),
                List.of(new RecordedError(name, RecordedError.Source.SHUTDOWN_JOB, new IllegalStateException(name))));
    }

    private static int count(String text, String regex) {
        return (int) Pattern.compile(regex).matcher(text).results().count();
    }

    @Test
    @DisplayName("C18: the page tells what the report knows: outcome, reason, phases, jobs, stacks, blame, errors")
    void tellsWhatTheReportKnows() {
        String html = SampleReports.timedOut().toHtml();

        assertThat(html)
                .startsWith("<!doctype html>")
                .contains("<html lang=\"en\">", "width=device-width", "Shutdown timed out", "SIGTERM")
                .contains("2026-11-24T10:15:30.250Z", "20.51 s of 20 s used (103 %)", "Phase MAX − 1280", "drain")
                .contains("4 completed, 1 failed, 1 interrupted, 1 abandoned, 1 timed out, 1 skipped")
                .contains("at com.example.LegacySystem.poll(LegacySystem.java:41)", "running for 3 h 7 min, was at")
                .contains("java.io.IOException: No space left on device: &quot;/var/journal&quot; &amp; &lt;more&gt;")
                .containsSubsequence("What it waited for", "11.99 s", "2.76 s", "1.73 s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\" onload=\"alert(1)",
                "' onload='alert(1)",
                "</style></title><img src=x onerror=alert(1)>",
                "<!-- --> <![CDATA[ ]]> &lt;script&gt;",
            })
    @DisplayName("C18: whatever jobs are named and throw is text, and adds no element and no attribute to the page")
    void everyTextIsEscaped(String text) {
        String html = reportOf(text).toHtml();

        assertThat(html).doesNotContain(text);
        assertThat(count(html, "<[a-z/!]")).isEqualTo(count(reportOf("plain").toHtml(), "<[a-z/!]"));
        assertThat(count(html, "[\"']")).isEqualTo(count(reportOf("plain").toHtml(), "[\"']"));
        assertThat(html).doesNotContainIgnoringCase("<script");
    }

    @Test
    @DisplayName("C18: control characters, lone surrogates and changes of the direction of text are replaced")
    void oddCharactersAreReplaced() {
        String html = new HtmlWriter(true)
                .text("a\u0000\u001b\u007f\u0085\uD83D\u202E\u2066\u2028\u061C\uFFFEb \uDE80 \uD83D\uDE80 ä\n\tc\r")
                .toString();

        assertThat(html).endsWith("a" + "\uFFFD".repeat(10) + "b \uFFFD \uD83D\uDE80 ä\n\tc\uFFFD");
    }

    @Test
    @DisplayName("C18: the page loads nothing, runs nothing, and forbids the browser to do so")
    void loadsNothing() {
        String html = SampleReports.timedOut().toHtml();

        assertThat(html).contains("default-src &#39;none&#39;").doesNotContain("http:", "https:", "@import", "<script");
        assertThat(html.replace("href=\"data:,\"", ""))
                .doesNotContainPattern("(src|href)=\"[^#]")
                .doesNotContainPattern("url\\([^#]");
    }

    @Test
    @DisplayName("C18: bars are drawn where their job had its turn, in proportion")
    void barsAreInProportion() {
        TimeScale scale = new TimeScale(Duration.ofSeconds(8));

        assertThat(scale.percent(Duration.ofSeconds(2))).isEqualTo("25.000%");
        assertThat(scale.percent(Duration.ofSeconds(9))).isEqualTo("100.000%");
        assertThat(scale.ticks()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(6));
    }

    @ParameterizedTest
    @CsvSource({"1,5", "999,5", "30000,3", "61000,3", "300000,5", "86400000,4", "8640000000,5"})
    @DisplayName("C18: the axis has a few round marks, however long it is")
    void axisHasAFewMarks(long millis, int expected) {
        assertThat(TimeScale.upTo(Duration.ofMillis(millis)).ticks())
                .hasSize(expected)
                .allSatisfy(tick -> assertThat(DurationText.of(tick)).hasSizeLessThan(8));
    }

    @Test
    @DisplayName("C18: the deadline is on the axis where that leaves bars to see, and beside it where it is far away")
    void deadlineIsOnTheAxisOrBeside() {
        assertThat(SampleReports.timedOut().toHtml()).contains("class=\"deadline\"", "deadline 20 s<");
        assertThat(SampleReports.clean().toHtml()).contains("deadline 30 s →").doesNotContain("class=\"deadline\"");
    }

    @Test
    @DisplayName("C18: without a limit there is no deadline, and without jobs there is a page")
    void rendersNoLimitAndNoJobs() {
        assertThat(SampleReports.empty(Deadline.UNLIMITED).toHtml())
                .contains("Shutdown was clean", "no limit", "no deadline", "There were no jobs.", "<dd>none</dd>")
                .doesNotContain("class=\"gauge\"", "NaN", "Infinity");
        assertThat(SampleReports.empty(Duration.ofSeconds(30)).toHtml()).contains("less than 1 %");
    }

    @Test
    @DisplayName("C18: with no grace period at all there is no part of it that was used")
    void rendersNoTimeAtAll() {
        assertThat(SampleReports.empty(Duration.ZERO).toHtml())
                .contains("<dt>Grace period</dt><dd>0 s</dd>")
                .doesNotContain("class=\"gauge\"", "no limit", "NaN", "Infinity");
    }

    @Test
    @DisplayName("C18: the page says how many jobs that ended well it does not show")
    void pageSaysHowManyAreOmitted() {
        assertThat(SampleReports.omitting(99_000).toHtml()).contains("1 completed, 99000 more");
    }

    @Test
    @DisplayName("C18: the page says of how many late jobs there is no stack")
    void saysHowManyStacksThereAreNot() {
        assertThat(SampleReports.late(3, 1).toHtml()).contains(">The stack of 1 more job was not taken<");
        assertThat(SampleReports.late(3, 1_200).toHtml()).contains(">The stacks of 1,200 more jobs were not taken<");
        assertThat(SampleReports.late(3, 0).toHtml()).doesNotContain("not taken");
    }

    @Test
    @DisplayName("C18: a running job that had ended before the shutdown has no bar, and says so")
    void endedBeforeHasNoBar() {
        String html = SampleReports.clean().toHtml();

        assertThat(html).contains("running job, completed, had ended before the shutdown");
        assertThat(count(html, "class=\"bar completed\" x=")).isEqualTo(5);
    }

    @Test
    @Tag("rounds")
    @DisplayName("C18: a thousand jobs are all shown")
    void showsAThousandJobs() {
        String html = SampleReports.many(1_000).toHtml();

        assertThat(count(html, "id=\"job-")).isEqualTo(1_000);
        assertThat(html).doesNotContain("more jobs");
    }

    @Test
    @Tag("rounds")
    @DisplayName("C18: C22: of more jobs, those in trouble and those that took longest are shown")
    void showsTheMostWorthyOfMore() {
        String html = SampleReports.many(60_000).toHtml();

        assertThat(count(html, "id=\"job-")).isEqualTo(1_000);
        assertThat(html).contains("… and 59000 more jobs", "1000 interrupted, 59000 more");
        assertThat(html).hasSizeLessThan(2_000_000);
    }

    @Test
    @DisplayName("S13: the page of a shutdown under way shows open bars up to now, what is stopping and what waits")
    void showsWhatIsUnderWay() {
        String html = SampleReports.underWay().toHtml();

        assertThat(html)
                .contains("Shutting down", "So far", "9.4 s of 20 s so far", "What it is waiting for")
                .contains("class=\"bar stopping open\" x=\"11.765%\"", "1 waiting, 1 active, 2 stopping", "is at")
                .contains("class=\"now\"")
                .doesNotContain("http-equiv=\"refresh\"");
    }

    @Test
    @DisplayName("S13: a page takes a note, links, and an interval at which it is loaded again")
    void takesNoteLinksAndRefresh() {
        String html = ReportPage.of(SampleReports.underWay())
                .withNote("a <note>")
                .withLink("Previous shutdown", "?shutdown=previous")
                .withRefresh(Duration.ofSeconds(2))
                .toHtml();

        assertThat(html)
                .contains("a &lt;note&gt;", "<a href=\"?shutdown=previous\">Previous shutdown</a>")
                .contains("<meta http-equiv=\"refresh\" content=\"2\"/>");
        assertThatThrownBy(() -> ReportPage.of(List.of()).withRefresh(Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0.999S");
    }

    @Test
    @DisplayName("S13: before a shutdown the page lists the jobs as they stand")
    void listsJobs() {
        String html = ReportPage.of(
                        List.of(SampleReports.snapshot("a <job>", JobKind.RUNNING, 0, JobState.BACKING_OFF, null)))
                .toHtml();

        assertThat(html).contains("No shutdown yet", "a &lt;job&gt;", "backing off", "graceful-job-a &lt;job&gt;");
        assertThat(ReportPage.of(List.of()).toHtml()).contains("There are no jobs.");
    }

    @Test
    @DisplayName("S14: of a process that left no report the page says just that")
    void saysThatThereIsNoReport() {
        assertThat(ReportPage.withoutReport("It died", "There is no <report>.").toHtml())
                .contains("It died", "There is no &lt;report&gt;.");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0 s",
        "1,0.01 ms",
        "250000,0.25 ms",
        "1000000,1 ms",
        "999999999,999 ms",
        "1000000000,1 s",
        "3485000000,3.49 s",
        "59994000000,59.99 s",
        "60000000000,1 min",
        "125000000000,2 min 5 s",
        "11220000000000,3 h 7 min",
        "90000000000000,1 d 1 h"
    })
    @DisplayName("C18: durations are written with as many digits as matter")
    void durationsAreReadable(long nanos, String expected) {
        assertThat(DurationText.of(Duration.ofNanos(nanos))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2147483647,MAX",
        "2147482367,MAX − 1280",
        "1073741824,MAX / 2 + 1",
        "1073741823,MAX / 2",
        "536870911,MAX / 4",
        "536870910,MAX / 4 − 1",
        "0,0",
        "-1,-1",
        "-2147483648,MIN",
        "-2147483647,MIN + 1"
    })
    @DisplayName("C18: phases are named as the documentation names them")
    void phasesHaveNames(int phase, String expected) {
        assertThat(PhaseBars.of(phase, null, Duration.ZERO, List.of()).name()).isEqualTo(expected);
    }
}
