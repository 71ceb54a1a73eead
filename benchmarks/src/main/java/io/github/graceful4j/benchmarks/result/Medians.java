package io.github.graceful4j.benchmarks.result;

import java.util.Arrays;

/** The value in the middle, which does not care how far off the others are. */
public final class Medians {

    private Medians() {}

    /** Returns the median of {@code values}, of an even number the mean of both in the middle; NaN of none. */
    public static double of(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
