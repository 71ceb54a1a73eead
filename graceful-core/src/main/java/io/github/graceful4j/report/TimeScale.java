package io.github.graceful4j.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a moment of the shutdown lies on an axis.
 *
 * @param end the moment at the right end; the left end is the request
 */
record TimeScale(Duration end) {

    private static final int MOST_TICKS = 5;
    private static final long LONGEST_DECIMAL = 10_000_000_000L;
    private static final long[] ROUND_SECONDS = {
        10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 21_600
    };
    private static final long DAY = 86_400_000_000_000L;
    private static final double MARGIN = 1.02;
    private static final double SHORTEST_NANOS = 1e6;

    /** Makes an axis on which all of {@code longest} can be seen. */
    static TimeScale upTo(Duration longest) {
        return new TimeScale(Duration.ofNanos((long) Math.max(SHORTEST_NANOS, longest.toNanos() * MARGIN)));
    }

    boolean shows(Duration at) {
        return at.compareTo(end) <= 0;
    }

    /** Returns how far from the left a moment lies, or how wide a duration is, as SVG and CSS write it. */
    String percent(Duration at) {
        double part = Math.min(1, (double) at.toNanos() / end.toNanos());
        return String.format(Locale.ROOT, "%.3f%%", part * 100);
    }

    /** Returns round moments along the axis, without its left end. */
    List<Duration> ticks() {
        long step = step();
        List<Duration> ticks = new ArrayList<>();
        for (long tick = step; tick < end.toNanos(); tick += step) {
            ticks.add(Duration.ofNanos(tick));
        }
        return ticks;
    }

    /** Returns the smallest step that makes no more ticks than there is room. */
    private long step() {
        if (end.toNanos() / MOST_TICKS < LONGEST_DECIMAL) {
            return decimalStep(1);
        }
        for (long seconds : ROUND_SECONDS) {
            long step = Duration.ofSeconds(seconds).toNanos();
            if (end.toNanos() / step <= MOST_TICKS) {
                return step;
            }
        }
        return decimalStep(DAY);
    }

    /** Returns one of the round numbers 1, 2, 5, 10, 20, 50 and so on of a unit. */
    private long decimalStep(long unit) {
        long power = unit;
        while (true) {
            for (long factor : new long[] {1, 2, 5}) {
                long step = factor * power;
                if (end.toNanos() / step <= MOST_TICKS) {
                    return step;
                }
            }
            power *= 10;
        }
    }
}
