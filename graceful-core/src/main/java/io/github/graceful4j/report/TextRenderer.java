package io.github.graceful4j.report;

import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.StuckThread;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a report for a person to read. */
final class TextRenderer {

    private static final int FRAMES_SHOWN = 12;

    /** What a line is worth when there is no room for all of them, the most important first. */
    private enum Worth {
        OUTCOME,
        TROUBLE,
        PLACE,
        BLAME,
        REST
    }

    private record Line(Worth worth, String text) {}

    private final List<Line> lines = new ArrayList<>();

    private TextRenderer(ShutdownReport report) {
        add(report);
    }

    static String render(ShutdownReport report) {
        return text(new TextRenderer(report).lines);
    }

    /**
     * Writes only what fits into a number of bytes of UTF-8: whole lines, in their order, and a last one that says how
     * many are missing. Only the outcome itself is cut where it alone is too long.
     */
    static String render(ShutdownReport report, int mostBytes) {
        List<Line> lines = new TextRenderer(report).lines;
        String text = text(lines);
        if (bytesOf(text) <= mostBytes) {
            return text;
        }
        BitSet kept = mostWorthy(lines, mostBytes - bytesOf(missing(lines.size())));
        List<Line> shown = new ArrayList<>(kept.stream().mapToObj(lines::get).toList());
        shown.add(new Line(Worth.REST, missing(lines.size() - shown.size())));
        return kept.isEmpty() ? cut(lines.get(0).text(), mostBytes) : text(shown);
    }

    private static BitSet mostWorthy(List<Line> lines, int mostBytes) {
        BitSet kept = new BitSet();
        int left = mostBytes;
        for (Worth worth : Worth.values()) {
            for (int i = 0; i < lines.size(); i++) {
                Line line = lines.get(i);
                int needed = bytesOf(line.text()) + 1;
                if (line.worth() == worth && needed <= left) {
                    kept.set(i);
                    left -= needed;
                }
            }
        }
        return kept;
    }

    private static String missing(int lines) {
        return "… " + lines + " more lines";
    }

    private static String cut(String text, int mostBytes) {
        ByteBuffer bytes = ByteBuffer.allocate(mostBytes);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text), bytes, true);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    private static int bytesOf(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String text(List<Line> lines) {
        return lines.stream().map(Line::text).collect(Collectors.joining("\n"));
    }

    private void add(Worth worth, String text) {
        lines.add(new Line(worth, text));
    }

    private void add(ShutdownReport report) {
        add(
                Worth.OUTCOME,
                "shutdown %s in %s of %s (reason: %s)"
                        .formatted(
                                word(report.outcome()),
                                seconds(report.elapsed()),
                                report.isLimited() ? seconds(report.gracePeriod()) : "unlimited time",
                                report.reason()));
        if (!report.complete()) {
            add(Worth.OUTCOME, "  not complete: the application was not closed yet when this was written");
        }
        if (!report.drain().isZero()) {
            add(Worth.REST, "  drain: took " + seconds(report.drain()));
        }
        Section.of(report).forEach(this::add);
        addStacksNotTaken(report.stacksNotTaken());
        addBlame(report.blame());
        addErrors(report.errors());
    }

    private void addStacksNotTaken(int count) {
        if (count > 0) {
            add(
                    Worth.PLACE,
                    count == 1
                            ? "  the stack of 1 more job was not taken"
                            : String.format(Locale.ROOT, "  stacks of %,d more jobs were not taken", count));
        }
    }

    private void addBlame(List<WaitedFor> blame) {
        if (!blame.isEmpty()) {
            add(Worth.BLAME, "what it waited for:");
            blame.forEach(each -> add(
                    Worth.BLAME,
                    "  %8s  %s%s"
                            .formatted(
                                    seconds(each.elapsed()),
                                    PlainText.of(each.name()),
                                    each.kind().isJob()
                                            ? ""
                                            : " (" + each.kind().word() + ")")));
        }
    }

    private void addErrors(List<RecordedError> errors) {
        if (!errors.isEmpty()) {
            add(Worth.TROUBLE, "errors:");
            errors.forEach(error -> add(
                    Worth.TROUBLE,
                    "  %s '%s': %s"
                            .formatted(
                                    word(error.source()),
                                    PlainText.of(error.name()),
                                    PlainText.of(ThrownText.of(error.thrown())))));
        }
    }

    private void add(Section section) {
        Integer phase = section.phase();
        add(
                Worth.REST,
                "  %s: began at %s, took %s"
                        .formatted(
                                phase == null ? section.heading().toLowerCase(Locale.ROOT) : "phase " + phase,
                                seconds(section.began()),
                                seconds(section.elapsed())));
        section.jobs().forEach(this::add);
        if (section.omitted() > 0) {
            add(Worth.REST, String.format(Locale.ROOT, "    … %,d more ended well, none slower", section.omitted()));
        }
        section.steps().forEach(this::add);
    }

    private void add(StepResult step) {
        add(
                step.timedOut() ? Worth.TROUBLE : Worth.REST,
                "    %-12s %-8s %s%s  began at %s, took %s"
                        .formatted(
                                step.timedOut() ? "timed out" : "completed",
                                shortWord(step.kind()),
                                PlainText.of(step.name()),
                                step.type().isEmpty() ? "" : " (" + PlainText.of(step.type()) + ")",
                                seconds(step.began()),
                                seconds(step.elapsed())));
    }

    private static String shortWord(StepResult.Kind kind) {
        if (kind == StepResult.Kind.LIFECYCLE_BEAN) {
            return "bean";
        }
        if (kind == StepResult.Kind.START) {
            return "start";
        }
        return kind == StepResult.Kind.DESTRUCTION ? "destroy" : "listener";
    }

    private void add(JobResult job) {
        boolean endedWell = job.outcome() == JobOutcome.COMPLETED || job.outcome() == JobOutcome.SKIPPED;
        add(
                endedWell ? Worth.REST : Worth.TROUBLE,
                "    %-12s %-8s %s  began at %s, took %s"
                        .formatted(
                                word(job.outcome()),
                                word(job.kind()),
                                PlainText.of(job.job()),
                                seconds(job.began()),
                                seconds(job.elapsed())));
        StuckThread stuck = job.stuck();
        if (stuck != null) {
            add(
                    Worth.PLACE,
                    "      thread '%s', running for %s, was at"
                            .formatted(PlainText.of(stuck.name()), seconds(job.age())));
            stuck.stack().stream()
                    .limit(FRAMES_SHOWN)
                    .forEach(frame -> add(Worth.PLACE, "        " + PlainText.of(frame.toString())));
            if (stuck.stack().size() > FRAMES_SHOWN) {
                add(Worth.PLACE, "        … " + (stuck.stack().size() - FRAMES_SHOWN) + " more");
            }
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3fs", duration.toSeconds() + duration.toNanosPart() / 1e9);
    }
}
