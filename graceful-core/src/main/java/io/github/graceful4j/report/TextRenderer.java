package io.github.graceful4j.report;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.StuckThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a report for a person to read. */
final class TextRenderer {

    private static final int FRAMES_SHOWN = 12;

    private final List<String> lines = new ArrayList<>();

    private TextRenderer() {}

    static String render(ShutdownReport report) {
        TextRenderer renderer = new TextRenderer();
        renderer.add(report);
        return String.join("\n", renderer.lines);
    }

    private void add(ShutdownReport report) {
        lines.add("shutdown %s in %s of %s (reason: %s)"
                .formatted(
                        word(report.outcome()),
                        seconds(report.elapsed()),
                        report.gracePeriod().isZero() ? "unlimited time" : seconds(report.gracePeriod()),
                        oneLine(report.reason().toString())));
        if (!report.drain().isZero()) {
            lines.add("  drain: took " + seconds(report.drain()));
        }
        report.phases().forEach(this::add);
        List<JobResult> blame = report.blame();
        if (!blame.isEmpty()) {
            lines.add("what it waited for:");
            blame.forEach(job -> lines.add("  %8s  %s".formatted(seconds(job.elapsed()), oneLine(job.job()))));
        }
        if (!report.errors().isEmpty()) {
            lines.add("errors:");
            report.errors()
                    .forEach(error -> lines.add("  %s '%s': %s"
                            .formatted(
                                    word(error.source()),
                                    oneLine(error.name()),
                                    oneLine(ThrownText.of(error.thrown())))));
        }
    }

    private void add(PhaseResult phase) {
        lines.add("  phase %d: began at %s, took %s"
                .formatted(phase.phase(), seconds(phase.began()), seconds(phase.elapsed())));
        phase.jobs().forEach(this::add);
    }

    private void add(JobResult job) {
        lines.add("    %-12s %-8s %s  began at %s, took %s"
                .formatted(
                        word(job.outcome()),
                        job.kind() == JobKind.RUNNING ? "running" : "shutdown",
                        oneLine(job.job()),
                        seconds(job.began()),
                        seconds(job.elapsed())));
        StuckThread stuck = job.stuck();
        if (stuck != null) {
            lines.add("      thread '%s', running for %s, was at".formatted(oneLine(stuck.name()), seconds(job.age())));
            stuck.stack().stream().limit(FRAMES_SHOWN).forEach(frame -> lines.add("        " + frame));
            if (stuck.stack().size() > FRAMES_SHOWN) {
                lines.add("        … " + (stuck.stack().size() - FRAMES_SHOWN) + " more");
            }
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A name or message with line breaks must not be able to fake a line of the report. */
    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3fs", duration.toNanos() / 1e9);
    }
}
