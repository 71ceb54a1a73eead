package io.github.graceful4j.benchmarks.result;

import java.util.List;

/**
 * What is said of one figure of one candidate.
 *
 * @param measured what was measured
 * @param candidate of whom
 * @param values what it came to, one for each round
 * @param median the median of these
 * @param ratio the median of the ratios to the reference of the same round
 * @param added the median of the differences from the reference of the same round
 */
record Row(Measured measured, String candidate, List<Double> values, double median, double ratio, double added) {

    Row {
        values = List.copyOf(values);
    }

    static Row of(Measured measured, String candidate, Values values, Values reference) {
        return new Row(
                measured,
                candidate,
                values.all(),
                values.median(),
                values.against(reference, (value, other) -> value / other),
                values.against(reference, (value, other) -> value - other));
    }

    boolean isReference() {
        return candidate.equals(measured.reference());
    }
}
