package io.github.graceful4j.report;

import io.github.graceful4j.job.JobSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Writes jobs as a table: beside the timeline for whoever prefers text, or alone where there is no timeline. */
final class TableHtml {

    private final HtmlWriter html;

    TableHtml(HtmlWriter html) {
        this.html = html;
    }

    void write(PageModel model) {
        if (model.phases().isEmpty()) {
            return;
        }
        html.open("section").open("details", "class", "table").element("summary", "The same as a table");
        open("What came of each job, and of all else", "Phase", "Kind", "Name", "Outcome", "Began at", "Took", "Age");
        for (PhaseBars phase : model.phases()) {
            phase.bars().forEach(bar -> row(phase, bar));
        }
        close();
        html.close("details").close("section").line();
    }

    private void row(PhaseBars phase, Bar bar) {
        Duration began = bar.began();
        html.open("tr");
        cell(phase.name());
        cell(bar.kindWord());
        name(bar.job());
        cell(bar.status().word());
        cell(began == null ? "–" : DurationText.of(began));
        cell(bar.took());
        cell(DurationText.of(bar.age()));
        html.close("tr").line();
    }

    void write(List<JobSnapshot> jobs) {
        if (jobs.isEmpty()) {
            html.element("p", "There are no jobs.", "class", "empty");
            return;
        }
        html.open("section").element("h2", "Jobs");
        open("Where each job stands", "Kind", "Job", "State", "Age", "Restarts", "Thread", "Last failure");
        jobs.stream().limit(PageModel.MOST_BARS).forEach(this::row);
        close();
        if (jobs.size() > PageModel.MOST_BARS) {
            html.element("p", "… and " + (jobs.size() - PageModel.MOST_BARS) + " more jobs", "class", "omitted");
        }
        html.close("section").line();
    }

    private void row(JobSnapshot job) {
        Throwable failure = job.lastFailure();
        String thread = job.thread();
        html.open("tr");
        cell(job.kind().name().toLowerCase(Locale.ROOT));
        name(job.job());
        cell(
                job.outcome() == null
                        ? Status.of(job.state()).word()
                        : Status.of(job.outcome()).word());
        cell(DurationText.of(job.age()));
        cell(Long.toString(job.restarts()));
        cell(thread == null ? "–" : thread);
        cell(failure == null ? "–" : html.textOf(failure));
        html.close("tr").line();
    }

    private void open(String caption, String... headings) {
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption)
                .open("table")
                .element("caption", caption)
                .open("thead")
                .open("tr");
        for (String heading : headings) {
            html.element("th", heading, "scope", "col");
        }
        html.close("tr").close("thead").open("tbody").line();
    }

    private void close() {
        html.close("tbody").close("table").close("div");
    }

    private void name(String job) {
        html.open("th", "scope", "row").element("bdi", job).close("th");
    }

    private void cell(String text) {
        html.element("td", text);
    }
}
