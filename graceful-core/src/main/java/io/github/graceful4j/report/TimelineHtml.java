package io.github.graceful4j.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the timeline: one axis, and on it a row for the drain, for each phase, and for each job and whatever else was
 * waited for. Rows touch each other, and each draws the same grid, so that the grid and the deadline run through all of
 * them.
 */
final class TimelineHtml {

    /** Where the deadline is farther away than this, bars would be too short to tell one from another. */
    private static final int FARTHEST_DEADLINE = 3;

    private static final String TIP = "3";

    /** Which part of the axis a label needs on the right of its tick, on the narrowest screen. */
    private static final int NEAR_THE_END = 14;

    private final HtmlWriter html;
    private final PageModel model;
    private final Map<Bar, String> ids;
    private final TimeScale scale;

    TimelineHtml(HtmlWriter html, PageModel model, Map<Bar, String> ids) {
        this.html = html;
        this.model = model;
        this.ids = ids;
        this.scale = scaleOf(model);
    }

    private static TimeScale scaleOf(PageModel model) {
        Duration deadline = model.gracePeriod();
        Duration elapsed = model.elapsed();
        boolean isNear =
                deadline.compareTo(elapsed) > 0 && deadline.compareTo(elapsed.multipliedBy(FARTHEST_DEADLINE)) <= 0;
        return TimeScale.upTo(isNear ? deadline : elapsed);
    }

    void write() {
        html.open("section", "class", "timeline").element("h2", "Timeline").line();
        writeDefinitions();
        writeLegend();
        html.open("div", "class", "rows");
        writeAxis();
        if (!model.drain().isZero()) {
            writeDrain();
        }
        model.phases().forEach(this::write);
        html.close("div");
        if (model.phases().isEmpty()) {
            html.element("p", "There were no jobs.", "class", "empty");
        }
        if (model.stacksNotTaken() > 0) {
            html.element("p", stacksNotTaken(), "class", "omitted");
        }
        html.close("section").line();
    }

    private String stacksNotTaken() {
        int count = model.stacksNotTaken();
        return count == 1
                ? "The stack of 1 more job was not taken"
                : String.format(Locale.ROOT, "The stacks of %,d more jobs were not taken", count);
    }

    /** What rows share: their grid, and a pattern for each status, so that colour is not all that tells them apart. */
    private void writeDefinitions() {
        html.open("svg", "class", "definitions", "aria-hidden", "true", "width", "0", "height", "0")
                .open("defs")
                .open("g", "id", "grid");
        scale.ticks().forEach(tick -> vertical("tick", scale.percent(tick)));
        if (isDeadlineShown()) {
            writeLate();
            vertical("deadline", scale.percent(model.gracePeriod()));
        }
        if (model.underWay()) {
            vertical("now", scale.percent(model.elapsed()));
        }
        html.close("g");
        pattern(Status.FAILED, "M-2,2l4,-4M0,8l8,-8M6,10l4,-4");
        pattern(Status.INTERRUPTED, "M2,0v8M6,0v8");
        pattern(Status.ABANDONED, "M0,0l8,8M8,0l-8,8");
        pattern(Status.TIMED_OUT, "M-2,6l4,4M0,0l8,8M6,-2l4,4");
        pattern(Status.STOPPING, "M0,2h8M0,6h8");
        html.close("defs").close("svg").line();
    }

    private boolean isDeadlineShown() {
        return model.isLimited() && scale.shows(model.gracePeriod());
    }

    private void writeLate() {
        if (model.elapsed().compareTo(model.gracePeriod()) > 0) {
            html.empty(
                    "rect",
                    "class",
                    "late",
                    "x",
                    scale.percent(model.gracePeriod()),
                    "width",
                    "100%",
                    "height",
                    "100%");
        }
    }

    private void vertical(String cssClass, String x) {
        html.empty("line", "class", cssClass, "x1", x, "x2", x, "y1", "0", "y2", "100%");
    }

    private void pattern(Status status, String path) {
        html.open(
                        "pattern",
                        "id",
                        "pattern-" + status.cssClass(),
                        "class",
                        status.cssClass(),
                        "width",
                        "8",
                        "height",
                        "8",
                        "patternUnits",
                        "userSpaceOnUse")
                .empty("rect", "width", "8", "height", "8")
                .empty("path", "d", path)
                .close("pattern");
    }

    private void writeLegend() {
        List<Status> used =
                model.bars().stream().map(Bar::status).distinct().sorted().toList();
        html.open("ul", "class", "legend");
        for (Status status : used) {
            html.open("li");
            swatch(status);
            html.text(status.word()).close("li");
        }
        if (isDeadlineShown()) {
            html.open("li").open("svg", "class", "swatch", "aria-hidden", "true");
            vertical("deadline", "50%");
            html.close("svg").text("deadline").close("li");
        }
        html.close("ul").line();
    }

    private void swatch(Status status) {
        html.open("svg", "class", "swatch", "aria-hidden", "true")
                .empty("rect", "class", "bar " + status.cssClass(), "width", "100%", "height", "100%", "rx", "2")
                .close("svg");
    }

    private void writeAxis() {
        String label = "time since the shutdown was requested"
                + (model.isLimited() ? ", with the deadline at " + DurationText.of(model.gracePeriod()) : "");
        html.open("div", "class", "row axis")
                .element("span", "", "class", "name")
                .element("span", deadlineNote(), "class", "took")
                .open("svg", "class", "track", "role", "img", "aria-label", label)
                .element("title", label)
                .empty("use", "href", "#grid");
        html.element("text", "0", "x", "0", "y", "13");
        for (Duration tick : scale.ticks()) {
            boolean isLast = !scale.shows(tick.plus(scale.end().dividedBy(NEAR_THE_END)));
            html.element(
                    "text",
                    DurationText.of(tick),
                    "x",
                    scale.percent(tick),
                    "dx",
                    isLast ? "-5" : "0",
                    "y",
                    "13",
                    "text-anchor",
                    isLast ? "end" : "middle");
        }
        if (isDeadlineShown()) {
            vertical("deadline", scale.percent(model.gracePeriod()));
        }
        html.close("svg").close("div").line();
    }

    private String deadlineNote() {
        if (!model.isLimited()) {
            return "no deadline";
        }
        return isDeadlineShown()
                ? "deadline " + DurationText.of(model.gracePeriod())
                : "deadline " + DurationText.of(model.gracePeriod()) + " →";
    }

    private void writeDrain() {
        html.open("div", "class", "row drain")
                .element("span", "drain", "class", "name")
                .element("span", DurationText.of(model.drain()), "class", "took");
        String label = "drain: nothing was stopped for " + DurationText.of(model.drain());
        openTrack(label);
        rect("drain", Duration.ZERO, model.drain());
        html.close("svg").close("div").line();
    }

    private void write(PhaseBars phase) {
        html.open("div", "class", "row phase").open("h3", "class", "name").text(phase.heading());
        html.close("h3");
        Duration began = phase.began();
        html.element("span", began == null ? "waiting" : DurationText.of(phase.elapsed()), "class", "took");
        openTrack(began == null ? "has not begun" : span(phase.heading(), began, phase.elapsed()));
        if (began != null) {
            rect("span", began, phase.elapsed());
        }
        html.close("svg").close("div").line();
        phase.bars().forEach(this::write);
        if (phase.omitted() > 0) {
            html.element(
                    "p",
                    "… and " + phase.omitted() + " more jobs, each of which ended well and took less time",
                    "class",
                    "omitted");
        }
    }

    private void write(Bar bar) {
        String id = ids.getOrDefault(bar, "");
        if (bar.hasMoreToTell()) {
            html.open("details", "class", "job", "id", id).open("summary", "class", "row");
            writeRow(bar);
            html.close("summary").open("div", "class", "more");
            new TroubleHtml(html).write(bar);
            html.close("div").close("details");
        } else {
            html.open("div", "class", "job row", "id", id);
            writeRow(bar);
            html.close("div");
        }
        html.line();
    }

    private void writeRow(Bar bar) {
        html.open("span", "class", "name")
                .element("bdi", bar.job(), "title", bar.type().isEmpty() ? bar.job() : bar.job() + ", " + bar.type())
                .close("span")
                .open("span", "class", "took");
        html.open("span", "class", "status");
        swatch(bar.status());
        html.text(bar.status().word())
                .close("span")
                .text(" ")
                .element("span", bar.took(), "class", "time")
                .close("span");
        Duration began = bar.began();
        openTrack(label(bar));
        if (began != null && !bar.hadEndedBefore()) {
            rect("bar " + bar.status().cssClass() + (bar.status().isOpen() ? " open" : ""), began, bar.elapsed());
        }
        html.close("svg");
    }

    private static String label(Bar bar) {
        Duration began = bar.began();
        String how = bar.kindWord() + ", " + bar.status().word();
        if (began == null) {
            return how;
        }
        return bar.hadEndedBefore() ? how + ", had ended before the shutdown" : span(how, began, bar.elapsed());
    }

    private static String span(String what, Duration began, Duration elapsed) {
        return "%s: began at %s, took %s".formatted(what, DurationText.of(began), DurationText.of(elapsed));
    }

    private void openTrack(String label) {
        html.open("svg", "class", "track", "role", "img", "aria-label", label)
                .element("title", label)
                .empty("use", "href", "#grid");
    }

    /** A tip of a fixed width comes with each bar, so that one that took no time is seen as well. */
    private void rect(String cssClass, Duration began, Duration elapsed) {
        html.empty("rect", attributes(cssClass + " tip", scale.percent(began), TIP))
                .empty("rect", attributes(cssClass, scale.percent(began), scale.percent(elapsed)));
    }

    private static String[] attributes(String cssClass, String x, String width) {
        return new String[] {"class", cssClass, "x", x, "y", "25%", "width", width, "height", "50%"};
    }
}
