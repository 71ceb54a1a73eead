package io.github.graceful4j;

import io.github.graceful4j.report.RecordedError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that was thrown, in order; except that of one that throws again and again, such as a job that is restarted
 * for months, only the first and the last are kept.
 *
 * <p>Thread-safe: all state is guarded by {@code this}.
 */
final class ErrorLog {

    /** How many errors under one name are kept from the beginning, and how many from the end. */
    static final int KEPT_AT_EACH_END = 50;

    private final TreeMap<Long, RecordedError> errors = new TreeMap<>();
    private final Map<String, Integer> kept = new HashMap<>();
    private final Map<String, Deque<Long>> latest = new HashMap<>();
    private long next;

    synchronized void add(String name, RecordedError.Source source, Throwable thrown) {
        long position = next++;
        errors.put(position, new RecordedError(name, source, thrown));
        if (kept.merge(name, 1, Integer::sum) > KEPT_AT_EACH_END) {
            Deque<Long> positions = latest.computeIfAbsent(name, unused -> new ArrayDeque<>());
            positions.addLast(position);
            if (positions.size() > KEPT_AT_EACH_END) {
                errors.remove(positions.removeFirst());
            }
        }
    }

    synchronized List<RecordedError> snapshot() {
        return List.copyOf(errors.values());
    }
}
