package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.RegisteredJob;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Jobs by their phase, so that what concerns one phase does not look at the jobs of all. Each job knows its place, so
 * that one is found without a look at the others, and without an entry of a map for each. Not thread-safe.
 *
 * <p>Phases use the whole range of an {@code int}, so that limits below and above all of them need a {@code long}.
 *
 * @param <J> the type of the jobs
 */
final class ByPhase<J extends RegisteredJob> {

    static final long BELOW_ALL = Integer.MIN_VALUE - 1L;
    static final long ABOVE_ALL = Integer.MAX_VALUE + 1L;

    private final NavigableMap<Long, Places<J>> jobs = new TreeMap<>();

    void add(J job) {
        Places<J> ofPhase = jobs.get((long) job.phase());
        if (ofPhase == null) {
            ofPhase = new Places<>();
            jobs.put((long) job.phase(), ofPhase);
        }
        ofPhase.add(job);
    }

    void remove(J job) {
        Places<J> ofPhase = jobs.get((long) job.phase());
        if (ofPhase != null && ofPhase.remove(job) && ofPhase.isEmpty()) {
            jobs.remove((long) job.phase());
        }
    }

    /** Returns the jobs of a phase, in the order in which they were added. */
    List<J> in(int phase) {
        Places<J> ofPhase = jobs.get((long) phase);
        return ofPhase == null ? List.of() : ofPhase.toList();
    }

    /** Returns the jobs of all phases above {@code low} up to {@code high}, lowest first. */
    List<J> between(long low, long high) {
        if (jobs.isEmpty() || low >= high) {
            return List.of();
        }
        List<J> between = new ArrayList<>();
        for (Places<J> places : jobs.subMap(low, false, high, true).values()) {
            between.addAll(places.toList());
        }
        return between;
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

    /** The jobs of one phase in the order in which they were added, with gaps where one was removed. */
    private static final class Places<J extends RegisteredJob> {

        private final List<@Nullable J> places = new ArrayList<>();
        private int gaps;

        void add(J job) {
            job.setPlace(places.size());
            places.add(job);
        }

        boolean remove(J job) {
            int place = job.place();
            if (place >= places.size() || places.get(place) != job) {
                return false;
            }
            places.set(place, null);
            gaps++;
            if (gaps > places.size() / 2) {
                close();
            }
            return true;
        }

        /** Takes as long as there are jobs, but only each time half of them were removed. */
        private void close() {
            List<J> left = toList();
            places.clear();
            gaps = 0;
            left.forEach(this::add);
        }

        boolean isEmpty() {
            return places.isEmpty();
        }

        List<J> toList() {
            List<J> jobs = new ArrayList<>(places.size() - gaps);
            for (J job : places) {
                if (job != null) {
                    jobs.add(job);
                }
            }
            return jobs;
        }
    }
}
