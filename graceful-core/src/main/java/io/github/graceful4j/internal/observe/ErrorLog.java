package io.github.graceful4j.internal.observe;

import io.github.graceful4j.report.RecordedError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Everything that was thrown, in order; except that of one that throws again and again, such as a job that is restarted
 * for months, only the first and the last are kept. Jobs that were forgotten share such an allowance.
 *
 * <p>Thread-safe: all state is guarded by {@code this}.
 */
public final class ErrorLog {

    /** How many errors of one are kept from the beginning, and how many from the end. */
    static final int KEPT_AT_EACH_END = 50;

    private static final Key FORGOTTEN = new Key("", RecordedError.Source.RUNNING_JOB);

    private record Key(String name, RecordedError.Source source) {}

    /** The positions of the errors that are kept of one. */
    private static final class Kept {

        private final Deque<Long> first = new ArrayDeque<>(1);
        private final Deque<Long> last = new ArrayDeque<>(0);
    }

    private final TreeMap<Long, RecordedError> errors = new TreeMap<>();
    private final Map<Key, Kept> kept = new HashMap<>();
    private long next;

    /** Creates a log without errors. */
    public ErrorLog() {}

    /** Returns what records under one name all that it is given. */
    public Consumer<Throwable> of(String name, RecordedError.Source source) {
        return new OfOne(name, source);
    }

    private final class OfOne implements Consumer<Throwable> {

        private final String name;
        private final RecordedError.Source source;

        private OfOne(String name, RecordedError.Source source) {
            this.name = name;
            this.source = source;
        }

        @Override
        public void accept(Throwable thrown) {
            add(name, source, thrown);
        }
    }

    /** Records what was thrown by the job, listener or part of that name. */
    public synchronized void add(String name, RecordedError.Source source, Throwable thrown) {
        long position = next++;
        errors.put(position, new RecordedError(name, source, thrown));
        keep(kept.computeIfAbsent(new Key(name, source), unused -> new Kept()), position);
    }

    private void keep(Kept ofOne, long position) {
        if (ofOne.first.size() < KEPT_AT_EACH_END) {
            ofOne.first.addLast(position);
            return;
        }
        ofOne.last.addLast(position);
        if (ofOne.last.size() > KEPT_AT_EACH_END) {
            errors.remove(ofOne.last.removeFirst());
        }
    }

    /** Lets the errors of a job that was forgotten count with those of all others that were. */
    public synchronized void forget(String name, RecordedError.Source source) {
        Kept ofOne = kept.remove(new Key(name, source));
        if (ofOne != null) {
            Kept ofForgotten = kept.computeIfAbsent(FORGOTTEN, unused -> new Kept());
            ofOne.first.forEach(position -> keep(ofForgotten, position));
            ofOne.last.forEach(position -> keep(ofForgotten, position));
        }
    }

    /** Returns the errors so far, in the order in which they were recorded. */
    public synchronized List<RecordedError> snapshot() {
        return List.copyOf(errors.values());
    }
}
