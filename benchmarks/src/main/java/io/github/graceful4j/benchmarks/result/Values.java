package io.github.graceful4j.benchmarks.result;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/** What one candidate came to in each round. */
final class Values {

    private final SortedMap<Integer, Double> byRound = new TreeMap<>();

    void add(int round, double value) {
        byRound.put(round, value);
    }

    List<Double> all() {
        return List.copyOf(byRound.values());
    }

    double median() {
        return Medians.of(
                byRound.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Compares each round with the same round of the reference: what disturbed both of them cancels out. */
    double against(Values reference, DoubleBinaryOperator comparison) {
        return Medians.of(byRound.entrySet().stream()
                .filter(entry -> reference.byRound.containsKey(entry.getKey()))
                .mapToDouble(entry -> comparison.applyAsDouble(
                        entry.getValue(), reference.byRound.getOrDefault(entry.getKey(), Double.NaN)))
                .toArray());
    }
}
