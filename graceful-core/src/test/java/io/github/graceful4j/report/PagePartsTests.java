package io.github.graceful4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobState;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each part of a page by itself. */
class PagePartsTests {

    private static List<String> found(String html, String regex) {
        return Pattern.compile(regex, Pattern.DOTALL)
                .matcher(html)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static String textOf(String html) {
        return html.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").trim();
    }

    @Test
    @DisplayName("C18: a table tells of each job its phase, kind, name, outcome, begin, length and age, in this order")
    void tableOfAReport() {
        List<String> rows = found(SampleReports.clean().toHtml(), "<tr><t[dh][^>]*>(?!Phase).*?</tr>").stream()
                .map(PagePartsTests::textOf)
                .toList();

        assertThat(rows)
                .anyMatch(row -> row.startsWith("MAX − 1280 running")
                        && row.endsWith(" orders.settle-1 completed 2 ms 214 ms 3 h 7 min"))
                .anyMatch(row -> row.startsWith("MAX − 1280 running")
                        && row.endsWith(" mail.import completed 0 s ended before 3 h 7 min"))
                .anyMatch(row -> row.startsWith("MAX / 4 shutdown")
                        && row.endsWith(" cache.write completed 220 ms 48 ms 48 ms"));
    }

    @Test
    @DisplayName("C18: a table of jobs tells of each its kind, name, state, age, restarts, thread and last failure")
    void tableOfJobs() {
        String html = ReportPage.of(List.of(
                        SampleReports.snapshot("poll", JobKind.RUNNING, 0, JobState.ACTIVE, null),
                        SampleReports.snapshot("ended", JobKind.RUNNING, 0, JobState.ENDED, JobOutcome.COMPLETED),
                        SampleReports.snapshot("flush", JobKind.SHUTDOWN, 0, JobState.WAITING, null)))
                .toHtml();

        assertThat(found(html, "<tr><td.*?</tr>").stream().map(PagePartsTests::textOf))
                .containsExactly(
                        "running poll active 3 h 7 min 0 graceful-job-poll –",
                        "running ended completed 3 h 7 min 0 graceful-job-ended –",
                        "shutdown flush waiting 0 s 0 – –");
    }

    @Test
    @DisplayName("C18: the page has the errors with their sources and stacks, and says how many more there are")
    void errorsAreTold() {
        assertThat(textOf(SampleReports.timedOut().toHtml()))
                .contains(
                        "Errors running job warehouse-synchronisation", "shutdown job journal.flush : java.io.IOExcep");
        ShutdownReport report = SampleReports.clean();
        List<RecordedError> errors = IntStream.range(0, 503)
                .mapToObj(i ->
                        new RecordedError("job-" + i, RecordedError.Source.LISTENER, new IllegalStateException("test")))
                .toList();

        String html = new ShutdownReport(
                        report.reason(),
                        report.began(),
                        report.elapsed(),
                        report.gracePeriod(),
                        report.drain(),
                        report.outcome(),
                        report.phases(),
                        errors)
                .toHtml();

        assertThat(html).contains("job-499", "… and 3 more").doesNotContain("job-500");
        assertThat(SampleReports.clean().toHtml()).doesNotContain("<h2>Errors</h2>");
    }

    @Test
    @DisplayName("C18: the facts have a drain where there was one, and say whether there is a limit")
    void facts() {
        assertThat(textOf(SampleReports.timedOut().toHtml()))
                .contains("Began 2026-11-24 10:15:30 UTC Took 20.51 s Grace period 20 s Drain 4 s Jobs 4 completed");
        assertThat(textOf(SampleReports.clean().toHtml()))
                .contains("Began 2026-11-24 10:15:30 UTC Took 421 ms Grace period 30 s Jobs 6 completed Errors 0");
        assertThat(textOf(SampleReports.underWay().toHtml()))
                .contains("Requested 2026-11-24 10:15:30 UTC So far 9.4 s Grace period 20 s Drain 2 s");
    }

    @Test
    @DisplayName("C18: the timeline has a pattern for each status that may need one, and a row for the drain")
    void timeline() {
        String html = SampleReports.timedOut().toHtml();

        assertThat(found(html, "<pattern id=\"[^\"]*\""))
                .containsExactly(
                        "<pattern id=\"pattern-failed\"",
                        "<pattern id=\"pattern-interrupted\"",
                        "<pattern id=\"pattern-abandoned\"",
                        "<pattern id=\"pattern-timed-out\"",
                        "<pattern id=\"pattern-stopping\"");
        assertThat(found(html, "class=\"row drain\".*?</div>"))
                .singleElement()
                .asString()
                .contains("drain: nothing was stopped for 4 s")
                .contains("</svg>");
        assertThat(found(html, "<svg")).hasSameSizeAs(found(html, "</svg>"));
        assertThat(SampleReports.clean().toHtml()).doesNotContain("row drain");
    }
}
