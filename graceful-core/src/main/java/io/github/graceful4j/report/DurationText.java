package io.github.graceful4j.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Writes durations as a person says them: no more digits than matter. */
final class DurationText {

    private static final int MILLI_DIGITS = 3;
    private static final long SECONDS_PER_MINUTE = 60;
    private static final long SECONDS_PER_HOUR = 3_600;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final double NANOS_PER_MILLI = 1e6;

    private DurationText() {}

    static String of(Duration duration) {
        long seconds = duration.toSeconds();
        if (duration.isZero()) {
            return "0 s";
        }
        if (duration.toMillis() == 0) {
            return String.format(Locale.ROOT, "%.2f ms", Math.max(0.01, duration.toNanos() / NANOS_PER_MILLI));
        }
        if (seconds == 0) {
            return duration.toMillis() + " ms";
        }
        if (seconds < SECONDS_PER_MINUTE) {
            return decimal(duration.toMillis());
        }
        if (seconds < SECONDS_PER_HOUR) {
            return pair(seconds, SECONDS_PER_MINUTE, "min", 1, "s");
        }
        return seconds < SECONDS_PER_DAY
                ? pair(seconds, SECONDS_PER_HOUR, "h", SECONDS_PER_MINUTE, "min")
                : pair(seconds, SECONDS_PER_DAY, "d", SECONDS_PER_HOUR, "h");
    }

    private static String decimal(long millis) {
        return BigDecimal.valueOf(millis, MILLI_DIGITS)
                        .setScale(2, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + " s";
    }

    private static String pair(long seconds, long large, String largeUnit, long small, String smallUnit) {
        long rest = seconds % large / small;
        return seconds / large + " " + largeUnit + (rest == 0 ? "" : " " + rest + " " + smallUnit);
    }
}
