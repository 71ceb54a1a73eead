package io.github.graceful4j.report;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A phase as a page shows it, or a part of the close that has no phase.
 *
 * @param heading what it is
 * @param name the same in short
 * @param began when it began to stop; {@code null} if it has not
 * @param elapsed how long that took, up to its end or up to now
 * @param bars what stopped in it, in the order in which they had their turn
 * @param omitted how many more it has, of which none is worth as much as those that are shown
 */
record PhaseBars(String heading, String name, @Nullable Duration began, Duration elapsed, List<Bar> bars, int omitted) {

    static PhaseBars of(int phase, @Nullable Duration began, Duration elapsed, List<Bar> bars) {
        String name = nameOf(phase);
        return new PhaseBars(
                "Phase " + name,
                name,
                began,
                elapsed,
                bars.stream().sorted(Bar.BY_BEGIN).toList(),
                0);
    }

    static PhaseBars of(Section section) {
        Integer phase = section.phase();
        List<Bar> bars = Stream.concat(
                        section.jobs().stream().map(job -> Bar.of(phase == null ? 0 : phase, job)),
                        section.steps().stream().map(Bar::of))
                .sorted(Bar.BY_BEGIN)
                .toList();
        return new PhaseBars(
                phase == null ? section.heading() : "Phase " + nameOf(phase),
                phase == null ? "–" : nameOf(phase),
                section.began(),
                section.elapsed(),
                bars,
                section.omitted());
    }

    /** Returns the same with no other bars than {@code kept}. */
    PhaseBars only(Set<Bar> kept) {
        List<Bar> shown = bars.stream().filter(kept::contains).toList();
        return new PhaseBars(heading, name, began, elapsed, shown, omitted + bars.size() - shown.size());
    }

    /** Writes a phase as the documentation does, where the numbers of Spring's phases are far from zero. */
    private static String nameOf(int phase) {
        int max = Integer.MAX_VALUE;
        int min = Integer.MIN_VALUE;
        int near = 100_000;
        if (phase > max - near) {
            return beside("MAX", phase - max);
        }
        if (phase < min + near) {
            return beside("MIN", phase - min);
        }
        for (int part = 2; part <= 4; part += 2) {
            if (Math.abs(phase - max / part) < near) {
                return beside("MAX / " + part, phase - max / part);
            }
        }
        return Integer.toString(phase);
    }

    private static String beside(String known, int distance) {
        if (distance == 0) {
            return known;
        }
        return known + (distance < 0 ? " − " : " + ") + Math.abs(distance);
    }
}
