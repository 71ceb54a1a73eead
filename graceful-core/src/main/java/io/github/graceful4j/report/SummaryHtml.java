package io.github.graceful4j.report;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the top of a page: how the shutdown ended, in a few facts, and how much of its time it used. */
final class SummaryHtml {

    private static final int BLAMED = 5;

    private final HtmlWriter html;
    private final PageModel model;
    private final Map<Bar, String> ids;

    SummaryHtml(HtmlWriter html, PageModel model, Map<Bar, String> ids) {
        this.html = html;
        this.model = model;
        this.ids = ids;
    }

    void write() {
        html.open("p", "class", "reason")
                .element("span", "Reason", "class", "key")
                .text(" ")
                .element("strong", reasonText())
                .close("p")
                .line();
        writeFacts();
        if (model.isLimited() && !model.gracePeriod().isZero()) {
            writeGauge();
        }
        writeBlame();
        html.line();
    }

    private String reasonText() {
        Throwable failure = model.reason().failure();
        String description = model.reason().description();
        return failure == null ? description : description + ": " + html.textOf(failure);
    }

    private void writeFacts() {
        html.open("dl", "class", "facts");
        writeBegan();
        fact(model.underWay() ? "So far" : "Took", DurationText.of(model.elapsed()));
        fact("Grace period", model.isLimited() ? DurationText.of(model.gracePeriod()) : "no limit");
        if (!model.drain().isZero()) {
            fact("Drain", DurationText.of(model.drain()));
        }
        fact("Jobs", countsOf(true));
        if (model.bars().stream().anyMatch(bar -> !bar.kind().isJob())) {
            fact("Other steps", countsOf(false));
        }
        fact("Errors", Integer.toString(model.errors().size()));
        html.close("dl");
    }

    private void writeBegan() {
        String instant = model.began().truncatedTo(ChronoUnit.MILLIS).toString();
        String shown = model.began()
                .truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .replace('T', ' ')
                .replace("Z", " UTC");
        html.open("div")
                .element("dt", model.underWay() ? "Requested" : "Began")
                .open("dd")
                .element("time", shown, "datetime", instant)
                .close("dd")
                .close("div");
    }

    private void fact(String name, String value) {
        html.open("div").element("dt", name).element("dd", value).close("div");
    }

    private String countsOf(boolean jobs) {
        Map<Status, Integer> counts = new LinkedHashMap<>();
        model.bars().stream()
                .filter(bar -> bar.kind().isJob() == jobs)
                .map(Bar::status)
                .sorted()
                .forEach(status -> counts.merge(status, 1, Integer::sum));
        StringBuilder text = new StringBuilder();
        counts.forEach((status, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(status.word()));
        if (jobs && model.omitted() > 0) {
            text.append(", ").append(model.omitted()).append(" more");
        }
        return text.isEmpty() ? "none" : text.toString();
    }

    private void writeGauge() {
        Duration grace = model.gracePeriod();
        Duration elapsed = model.elapsed();
        TimeScale scale = new TimeScale(grace.compareTo(elapsed) > 0 ? grace : elapsed);
        String label = "%s of %s %s"
                .formatted(DurationText.of(elapsed), DurationText.of(grace), model.underWay() ? "so far" : "used");
        html.open("div", "class", "gauge")
                .open("svg", "role", "img", "aria-label", label)
                .element("title", label)
                .empty("rect", "class", "room", "width", "100%", "height", "100%")
                .empty(
                        "rect",
                        "class",
                        "used " + model.status().cssClass(),
                        "width",
                        scale.percent(elapsed),
                        "height",
                        "100%")
                .empty("rect", "class", "drain", "width", scale.percent(model.drain()), "height", "100%");
        if (elapsed.compareTo(grace) > 0) {
            html.empty(
                    "line",
                    "class",
                    "deadline",
                    "x1",
                    scale.percent(grace),
                    "x2",
                    scale.percent(grace),
                    "y1",
                    "0",
                    "y2",
                    "100%");
        }
        html.close("svg")
                .element("p", label + " (" + percentOf(elapsed, grace) + ")")
                .close("div");
    }

    private static String percentOf(Duration part, Duration whole) {
        long percent = Math.round(100.0 * part.toNanos() / whole.toNanos());
        return percent == 0 ? "less than 1 %" : percent + " %";
    }

    private void writeBlame() {
        List<Bar> blamed = model.waitedFor().stream()
                .filter(bar -> !bar.elapsed().isZero())
                .limit(BLAMED)
                .toList();
        if (blamed.isEmpty()) {
            return;
        }
        html.open("section", "class", "blame")
                .element("h2", model.underWay() ? "What it is waiting for" : "What it waited for")
                .open("ol");
        for (Bar bar : blamed) {
            html.open("li").element("b", DurationText.of(bar.elapsed())).text(" ");
            String id = ids.get(bar);
            if (id == null) {
                html.element("bdi", bar.job());
            } else {
                html.open("a", "href", "#" + id).element("bdi", bar.job()).close("a");
            }
            if (!bar.kind().isJob()) {
                html.text(" ").element("span", bar.kindWord(), "class", "key");
            }
            html.close("li");
        }
        html.close("ol").close("section");
    }
}
