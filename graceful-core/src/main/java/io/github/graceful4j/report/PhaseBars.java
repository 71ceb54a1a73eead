package io.github.graceful4j.report;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A phase as a page shows it.
 *
 * @param began when it began to stop; {@code null} if it has not
 * @param elapsed how long that took, up to its end or up to now
 * @param bars its jobs, in the order in which they had their turn
 * @param omitted how many more it has, of which none is worth as much as those that are shown
 */
record PhaseBars(int phase, @Nullable Duration began, Duration elapsed, List<Bar> bars, int omitted) {

    static PhaseBars of(int phase, @Nullable Duration began, Duration elapsed, List<Bar> bars) {
        return new PhaseBars(
                phase, began, elapsed, bars.stream().sorted(Bar.BY_BEGIN).toList(), 0);
    }

    static PhaseBars of(PhaseResult result) {
        return of(
                        result.phase(),
                        result.began(),
                        result.elapsed(),
                        result.jobs().stream()
                                .map(job -> Bar.of(result.phase(), job))
                                .toList())
                .andOmitted(result.omitted());
    }

    private PhaseBars andOmitted(int more) {
        return new PhaseBars(phase, began, elapsed, bars, omitted + more);
    }

    /** Returns the same with no other bars than {@code kept}. */
    PhaseBars only(Set<Bar> kept) {
        List<Bar> shown = bars.stream().filter(kept::contains).toList();
        return new PhaseBars(phase, began, elapsed, shown, omitted + bars.size() - shown.size());
    }

    /** Writes a phase as the documentation does, where the numbers of Spring's phases are far from zero. */
    String name() {
        int max = Integer.MAX_VALUE;
        int min = Integer.MIN_VALUE;
        int near = 100_000;
        if (phase == max / 2 || phase == max / 4) {
            return "MAX / " + max / phase;
        }
        if (phase > max - near) {
            return phase == max ? "MAX" : "MAX − " + (max - phase);
        }
        if (phase < min + near) {
            return phase == min ? "MIN" : "MIN + " + (phase - min);
        }
        return Integer.toString(phase);
    }
}
