package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.RunningJob;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which work sources there are, in the order of registration. Not thread-safe. */
final class SourceRegistry {

    private final Map<String, RunningJob> byName = new LinkedHashMap<>();
    private final Map<String, SourceStop> stops = new LinkedHashMap<>();
    private final ByPhase<RunningJob> byPhase = new ByPhase<>();

    void add(RunningJob source, SourceStop stop) {
        byName.put(source.name(), source);
        stops.put(source.name(), stop);
        byPhase.add(source);
    }

    void remove(RunningJob source) {
        if (byName.remove(source.name(), source)) {
            stops.remove(source.name());
            byPhase.remove(source);
        }
    }

    Map<String, RunningJob> byName() {
        return byName;
    }

    /** Returns what stops a source, or {@code null} if there is none of that name. */
    @Nullable
    SourceStop stop(String name) {
        return stops.get(name);
    }

    Collection<RunningJob> all() {
        return byName.values();
    }

    int size() {
        return byName.size();
    }

    List<RunningJob> in(int phase) {
        return byPhase.in(phase);
    }

    /** Returns the highest phase below {@code limit} that has a source, or {@link ByPhase#BELOW_ALL}. */
    long highestBelow(long limit) {
        return byPhase.highestBelow(limit);
    }

    Stream<Integer> phases() {
        return byPhase.phases();
    }
}
