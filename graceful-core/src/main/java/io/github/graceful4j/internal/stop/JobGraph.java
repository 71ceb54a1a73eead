package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.ShutdownJob;
import io.github.graceful4j.job.InvalidJobException;
import io.github.graceful4j.report.PlainText;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The registered shutdown jobs, and the rules for their order, checked when they are registered and started. Not
 * thread-safe.
 */
final class JobGraph {

    private final Map<String, ShutdownJob> jobs = new LinkedHashMap<>();

    /** The jobs that have to run after that of a name, be that registered or not. */
    private final Map<String, Set<ShutdownJob>> followers = new HashMap<>();

    /** The names of jobs that were forgotten while another had to run after them: nothing to wait for. */
    private final Set<String> removed = new HashSet<>();

    /** Returns the jobs by name, in the order of registration; a view. */
    Map<String, ShutdownJob> byName() {
        return jobs;
    }

    Collection<ShutdownJob> all() {
        return jobs.values();
    }

    /**
     * Adds a job whose name is not taken.
     *
     * @param isComplete whether every name it has to run after is that of a job already
     * @throws InvalidJobException if the job would run before, or be part of a cycle with, one it has to run after, or
     *     if a name is unknown
     */
    void add(ShutdownJob job, boolean isComplete) {
        check(job);
        if (isComplete) {
            checkComplete(job);
        }
        jobs.put(job.name(), job);
        for (String name : job.after()) {
            followers.computeIfAbsent(name, unused -> new LinkedHashSet<>()).add(job);
        }
    }

    /** Forgets a job, and returns whether it was there. */
    boolean remove(ShutdownJob job) {
        boolean wasThere = jobs.remove(job.name(), job);
        if (wasThere) {
            job.after().forEach(name -> forget(job, name));
            if (followers.containsKey(job.name())) {
                removed.add(job.name());
            }
        }
        return wasThere;
    }

    private void forget(ShutdownJob job, String earlier) {
        Set<ShutdownJob> left = followers.getOrDefault(earlier, new LinkedHashSet<>());
        left.remove(job);
        if (left.isEmpty()) {
            followers.remove(earlier);
            removed.remove(earlier);
        }
    }

    private void check(ShutdownJob job) {
        for (String name : job.after()) {
            checkPhases(job, jobs.get(name));
        }
        Set<ShutdownJob> later = followers.getOrDefault(job.name(), Set.of());
        for (ShutdownJob other : later) {
            checkPhases(other, job);
        }
        boolean awaited = !later.isEmpty() || job.after().contains(job.name());
        List<String> path = awaited ? pathBack(job) : null;
        if (path != null) {
            throw new InvalidJobException(
                    "Can't register job '" + job.name() + "': the shutdown jobs would wait for each other in a cycle: "
                            + String.join(" -> ", path),
                    "Let at least one of them run without waiting for the next",
                    path.subList(0, path.size() - 1));
        }
    }

    /**
     * Checks that every name a job has to run after is that of a shutdown job.
     *
     * @throws InvalidJobException if a name is unknown
     */
    void checkComplete() {
        for (ShutdownJob job : all()) {
            checkComplete(job);
        }
    }

    private void checkComplete(ShutdownJob job) {
        for (String name : job.after()) {
            if (!name.equals(job.name()) && !jobs.containsKey(name) && !removed.contains(name)) {
                throw unknown(job, name);
            }
        }
    }

    private InvalidJobException unknown(ShutdownJob job, String name) {
        Set<String> others = new LinkedHashSet<>(jobs.keySet());
        others.remove(job.name());
        String closest = ClosestName.to(name, others);
        return new InvalidJobException(
                "Can't run job '" + job.name() + "' after '" + PlainText.of(name)
                        + "': no shutdown job of that name is registered; registered are " + jobs.keySet(),
                (closest == null ? "" : "Did you mean '" + closest + "'? ")
                        + "Name a shutdown job that exists; running jobs have ended by then anyway",
                List.of(job.name()));
    }

    private static void checkPhases(ShutdownJob later, @Nullable ShutdownJob earlier) {
        if (earlier != null && earlier.phase() < later.phase()) {
            throw new InvalidJobException(
                    "Can't run job '" + later.name() + "' after '" + earlier.name() + "': phase " + later.phase()
                            + " of the first stops before phase " + earlier.phase() + " of the second",
                    "Give '" + later.name() + "' phase " + earlier.phase() + " or a lower one",
                    List.of(later.name(), earlier.name()));
        }
    }

    /** Returns the shortest way from {@code start} back to itself, or {@code null} if there is none. */
    private @Nullable List<String> pathBack(ShutdownJob start) {
        Map<String, ShutdownJob> reachedFrom = new HashMap<>();
        Deque<ShutdownJob> open = new ArrayDeque<>();
        open.add(start);
        for (ShutdownJob from = open.poll(); from != null; from = open.poll()) {
            for (String name : from.after()) {
                if (name.equals(start.name())) {
                    return pathBack(start, from, reachedFrom);
                }
                ShutdownJob next = jobs.get(name);
                if (next != null && reachedFrom.putIfAbsent(name, from) == null) {
                    open.add(next);
                }
            }
        }
        return null;
    }

    private static List<String> pathBack(ShutdownJob start, ShutdownJob last, Map<String, ShutdownJob> reachedFrom) {
        Deque<String> path = new ArrayDeque<>();
        path.addFirst(start.name());
        for (ShutdownJob job = last; job != null; job = reachedFrom.get(job.name())) {
            path.addFirst(job.name());
        }
        return List.copyOf(path);
    }
}
