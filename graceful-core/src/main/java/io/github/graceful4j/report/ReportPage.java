package io.github.graceful4j.report;

import io.github.graceful4j.job.JobSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A page for a browser: a report, a shutdown under way, or the jobs before there is one. It is one file that loads
 * nothing, with no script in it, and whatever jobs are named and throw is text. It follows the reader's light or dark
 * theme, fits a telephone, and can be used with the keyboard alone.
 *
 * <p>Immutable and thread-safe.
 */
public final class ReportPage {

    /** Nothing is loaded, and nothing runs; only the style sheet in the page itself counts. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:;" + " base-uri 'none'; form-action 'none'";

    private static final String NOT_CLOSED = "The application was not closed yet when this was written.";

    private record Link(String text, String target) {}

    private final String title;
    private final Status status;
    private final @Nullable String note;
    private final List<Link> links;
    private final @Nullable Duration refresh;
    private final boolean withMessages;
    private final Consumer<HtmlWriter> content;

    private ReportPage(
            String title,
            Status status,
            @Nullable String note,
            List<Link> links,
            @Nullable Duration refresh,
            boolean withMessages,
            Consumer<HtmlWriter> content) {
        this.title = title;
        this.status = status;
        this.note = note;
        this.links = List.copyOf(links);
        this.refresh = refresh;
        this.withMessages = withMessages;
        this.content = content;
    }

    /**
     * Returns the page of a shutdown that is over.
     *
     * @param report what came of it
     */
    public static ReportPage of(ShutdownReport report) {
        ReportPage page = of(PageModel.of(report));
        return report.complete() ? page : page.withNote(NOT_CLOSED);
    }

    /**
     * Returns the page of a shutdown that is under way.
     *
     * @param progress how far it has come
     */
    public static ReportPage of(ShutdownProgress progress) {
        return of(PageModel.of(progress));
    }

    private static ReportPage of(PageModel model) {
        return new ReportPage(model.title(), model.status(), null, List.of(), null, true, html -> write(html, model));
    }

    /**
     * Returns the page of jobs while no shutdown was requested.
     *
     * @param jobs where each job stands
     */
    public static ReportPage of(List<JobSnapshot> jobs) {
        return new ReportPage(
                "No shutdown yet", Status.ACTIVE, null, List.of(), null, true, html -> new TableHtml(html).write(jobs));
    }

    /**
     * Returns the page of a process that left no report.
     *
     * @param title what is known of it, in a few words
     * @param note the same in a sentence
     */
    public static ReportPage withoutReport(String title, String note) {
        return new ReportPage(title, Status.ABANDONED, note, List.of(), null, true, html -> {});
    }

    private static void write(HtmlWriter html, PageModel model) {
        Map<Bar, String> ids = new HashMap<>();
        model.bars().forEach(bar -> ids.put(bar, "job-" + (ids.size() + 1)));
        new SummaryHtml(html, model, ids).write();
        new TimelineHtml(html, model, ids).write();
        new TroubleHtml(html).write(model.errors());
        new TableHtml(html).write(model);
    }

    /**
     * Returns the same page with a note below its title.
     *
     * @param sentence the note
     */
    public ReportPage withNote(String sentence) {
        return new ReportPage(
                title, status, Objects.requireNonNull(sentence, "sentence"), links, refresh, withMessages, content);
    }

    /**
     * Returns the same page with one more link at its top.
     *
     * @param text what the link says
     * @param target where it leads, as in a {@code href}; must not come from outside, since it is not checked
     */
    public ReportPage withLink(String text, String target) {
        List<Link> more = new ArrayList<>(links);
        more.add(new Link(text, target));
        return new ReportPage(title, status, note, more, refresh, withMessages, content);
    }

    /**
     * Returns the same page, which a browser loads again and again.
     *
     * @param interval how long it waits each time, in whole seconds
     * @throws IllegalArgumentException if that is less than a second
     */
    public ReportPage withRefresh(Duration interval) {
        if (interval.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "Can't let a page be loaded every " + interval + ": the interval must be a second or more");
        }
        return new ReportPage(title, status, note, links, interval, withMessages, content);
    }

    /**
     * Returns the same page without the messages of what was thrown, of which only the classes are left; messages tend
     * to contain what a job worked on.
     */
    public ReportPage withoutMessages() {
        return new ReportPage(title, status, note, links, refresh, false, content);
    }

    /** Returns the page as HTML. */
    public String toHtml() {
        HtmlWriter html = new HtmlWriter(withMessages);
        html.open("html", "lang", "en").open("head").line();
        writeHead(html);
        html.close("head").open("body").line().open("main").line();
        html.open("header")
                .element("p", "graceful · shutdown report", "class", "brand")
                .open("h1")
                .element("span", "", "class", "dot " + status.cssClass(), "aria-hidden", "true")
                .text(title)
                .close("h1");
        writeLinks(html);
        html.close("header").line();
        if (note != null) {
            html.element("p", note, "class", "note").line();
        }
        content.accept(html);
        return html.close("main").close("body").close("html").line().toString();
    }

    private void writeHead(HtmlWriter html) {
        html.empty("meta", "charset", "utf-8")
                .empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
                .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .empty("meta", "name", "color-scheme", "content", "light dark")
                .empty("meta", "name", "referrer", "content", "no-referrer")
                .empty("meta", "name", "robots", "content", "noindex");
        if (refresh != null) {
            html.empty("meta", "http-equiv", "refresh", "content", Long.toString(refresh.toSeconds()));
        }
        // Without an icon of its own, a browser would ask the server for one.
        html.empty("link", "rel", "icon", "href", "data:,")
                .element("title", title + " – graceful")
                .line()
                .style()
                .line();
    }

    private void writeLinks(HtmlWriter html) {
        if (!links.isEmpty()) {
            html.open("nav", "aria-label", "Other pages");
            links.forEach(link -> html.element("a", link.text(), "href", link.target()));
            html.close("nav");
        }
    }
}
