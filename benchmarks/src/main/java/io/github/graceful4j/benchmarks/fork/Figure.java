package io.github.graceful4j.benchmarks.fork;

import io.github.graceful4j.benchmarks.trial.Figures;
import java.util.List;

/**
 * What a process came to.
 *
 * @param name what was measured
 * @param unit the unit of the value
 * @param value the value
 */
record Figure(String name, String unit, double value) {

    /** Reads what {@link Figures#tell} has written. */
    static Figure of(String line) {
        List<String> parts = List.of(line.substring(Figures.FIGURE.length()).split(" ", 3));
        return new Figure(parts.get(2), parts.get(0), Double.parseDouble(parts.get(1)));
    }
}
