package io.github.graceful4j.report;

import io.github.graceful4j.job.StuckThread;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes what was thrown, and where threads were. */
final class TroubleHtml {

    private static final int FRAMES_SHOWN = 200;
    private static final int ERRORS_SHOWN = 500;

    private final HtmlWriter html;

    TroubleHtml(HtmlWriter html) {
        this.html = html;
    }

    void write(Bar bar) {
        Throwable failure = bar.failure();
        if (failure != null) {
            html.open("p")
                    .text("It failed: ")
                    .element("code", html.textOf(failure))
                    .close("p");
            stack("stack trace of the failure", ThrownText.stackOf(failure));
        }
        StuckThread where = bar.where();
        if (where != null) {
            html.open("p")
                    .text("Thread ")
                    .element("code", where.name())
                    .text(", running for " + DurationText.of(bar.age()))
                    .text(bar.status().isOpen() ? ", is at" : ", was at")
                    .close("p");
            stack("stack trace of the thread", where.stack());
        }
    }

    void write(List<RecordedError> errors) {
        if (errors.isEmpty()) {
            return;
        }
        html.open("section", "class", "errors").element("h2", "Errors").line();
        errors.stream().limit(ERRORS_SHOWN).forEach(this::write);
        if (errors.size() > ERRORS_SHOWN) {
            html.element("p", "… and " + (errors.size() - ERRORS_SHOWN) + " more", "class", "omitted");
        }
        html.close("section").line();
    }

    private void write(RecordedError error) {
        html.open("details")
                .open("summary")
                .element("span", error.source().name().toLowerCase(Locale.ROOT).replace('_', ' '), "class", "key")
                .text(" ")
                .element("bdi", error.name())
                .text(": ")
                .element("code", html.textOf(error.thrown()))
                .close("summary");
        stack("stack trace", ThrownText.stackOf(error.thrown()));
        html.close("details").line();
    }

    /** A block that scrolls must be within reach of the keyboard, and a stop there has to have a name. */
    private void stack(String name, List<StackTraceElement> stack) {
        String frames =
                stack.stream().limit(FRAMES_SHOWN).map(frame -> "at " + frame).collect(Collectors.joining("\n"));
        String rest = stack.size() > FRAMES_SHOWN ? "\n… " + (stack.size() - FRAMES_SHOWN) + " more" : "";
        html.element(
                "pre",
                stack.isEmpty() ? "no stack trace" : frames + rest,
                "tabindex",
                "0",
                "role",
                "region",
                "aria-label",
                name);
    }
}
