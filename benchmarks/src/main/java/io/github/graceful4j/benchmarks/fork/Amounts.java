package io.github.graceful4j.benchmarks.fork;

import java.util.List;
import java.util.Locale;

/**
 * How much is done in a scenario, or how long is waited before.
 *
 * @param unit what is counted, an empty text where there is nothing to be told about it
 * @param values the amounts, each of which is measured
 */
record Amounts(String unit, List<Integer> values) {

    private static final String JOBS = "jobs";

    Amounts {
        values = List.copyOf(values);
    }

    static Amounts jobs(Integer... values) {
        return new Amounts(JOBS, List.of(values));
    }

    static Amounts millisAfterStart(Integer... values) {
        return new Amounts("ms after the start", List.of(values));
    }

    static Amounts none() {
        return new Amounts("", List.of(0));
    }

    /** Returns the amounts that were asked for, if any, where jobs are counted. */
    List<Integer> or(List<Integer> jobs) {
        return unit.equals(JOBS) && !jobs.isEmpty() ? jobs : values;
    }

    String text(int value) {
        return unit.isEmpty() ? "" : String.format(Locale.ROOT, ", %,d %s", value, unit);
    }
}
