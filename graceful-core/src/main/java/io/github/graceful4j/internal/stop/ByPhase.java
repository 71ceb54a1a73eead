package io.github.graceful4j.internal.stop;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Jobs by their phase, so that what concerns one phase does not look at the jobs of all. Not thread-safe.
 *
 * <p>Phases use the whole range of an {@code int}, so that limits below and above all of them need a {@code long}.
 *
 * @param <J> the type of the jobs, which equal only themselves
 */
final class ByPhase<J> {

    static final long BELOW_ALL = Integer.MIN_VALUE - 1L;
    static final long ABOVE_ALL = Integer.MAX_VALUE + 1L;

    private final NavigableMap<Long, Set<J>> jobs = new TreeMap<>();

    void add(int phase, J job) {
        jobs.computeIfAbsent((long) phase, unused -> new LinkedHashSet<>()).add(job);
    }

    void remove(int phase, J job) {
        Set<J> ofPhase = jobs.get((long) phase);
        if (ofPhase != null && ofPhase.remove(job) && ofPhase.isEmpty()) {
            jobs.remove((long) phase);
        }
    }

    /** Returns the jobs of a phase, in the order in which they were added. */
    List<J> in(int phase) {
        return List.copyOf(jobs.getOrDefault((long) phase, Set.of()));
    }

    /** Returns the jobs of all phases above {@code low} up to {@code high}, lowest first. */
    List<J> between(long low, long high) {
        return low >= high
                ? List.of()
                : jobs.subMap(low, false, high, true).values().stream()
                        .flatMap(Collection::stream)
                        .toList();
    }

    /** Returns the highest phase below {@code limit} that has a job, or {@link #BELOW_ALL}. */
    long highestBelow(long limit) {
        Long highest = jobs.lowerKey(limit);
        return highest == null ? BELOW_ALL : highest;
    }

    boolean hasUpTo(int phase) {
        return jobs.floorKey((long) phase) != null;
    }

    Stream<Integer> phases() {
        return jobs.keySet().stream().map(Long::intValue);
    }
}
