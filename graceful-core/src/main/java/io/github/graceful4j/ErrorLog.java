package io.github.graceful4j;

import io.github.graceful4j.report.RecordedError;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that was thrown, in order.
 *
 * <p>Thread-safe: the list is guarded by {@code this}.
 */
final class ErrorLog {

    private final List<RecordedError> errors = new ArrayList<>();

    synchronized void add(String name, RecordedError.Source source, Throwable thrown) {
        errors.add(new RecordedError(name, source, thrown));
    }

    synchronized List<RecordedError> snapshot() {
        return List.copyOf(errors);
    }
}
