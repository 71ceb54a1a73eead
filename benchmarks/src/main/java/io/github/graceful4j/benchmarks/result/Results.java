package io.github.graceful4j.benchmarks.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of all rounds, in the order in which it was first measured. Not thread-safe. */
public final class Results {

    private final Map<Measured, Map<String, Values>> values = new LinkedHashMap<>();

    /** Creates results without any. */
    public Results() {}

    /**
     * Adds what a candidate came to in a round.
     *
     * @param measured what was measured
     * @param candidate of whom
     * @param round in which round
     * @param value what it came to
     */
    public void add(Measured measured, String candidate, int round, double value) {
        values.computeIfAbsent(measured, key -> new LinkedHashMap<>())
                .computeIfAbsent(candidate, key -> new Values())
                .add(round, value);
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        values.forEach((measured, candidates) -> {
            Values reference = candidates.getOrDefault(measured.reference(), new Values());
            candidates.forEach((candidate, of) -> rows.add(Row.of(measured, candidate, of, reference)));
        });
        return rows;
    }
}
