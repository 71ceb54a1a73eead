package io.github.graceful4j;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules for the order of shutdown jobs, checked when they are registered and started. Without state. */
final class JobGraph {

    private JobGraph() {}

    /**
     * Checks what can be said of a job that is about to be registered.
     *
     * @throws IllegalArgumentException if the job would run before, or be part of a cycle with, one it has to run after
     */
    static void check(ShutdownJob job, Map<String, ShutdownJob> registered) {
        for (String name : job.after()) {
            checkPhases(job, registered.get(name));
        }
        boolean awaited = job.after().contains(job.name());
        for (ShutdownJob other : registered.values()) {
            if (other.after().contains(job.name())) {
                checkPhases(other, job);
                awaited = true;
            }
        }
        String path = awaited ? pathBack(job, registered) : null;
        if (path != null) {
            throw new IllegalArgumentException("Can't register job '" + job.name()
                    + "': the shutdown jobs would wait for each other in a cycle: " + path);
        }
    }

    /**
     * Checks that every name a job has to run after is that of a shutdown job.
     *
     * @throws IllegalArgumentException if a name is unknown
     */
    static void checkComplete(ShutdownJob job, Map<String, ShutdownJob> registered) {
        for (String name : job.after()) {
            if (!name.equals(job.name()) && !registered.containsKey(name)) {
                throw new IllegalArgumentException("Can't run job '" + job.name() + "' after '" + name
                        + "': no shutdown job of that name is registered; registered are " + registered.keySet());
            }
        }
    }

    private static void checkPhases(ShutdownJob later, @Nullable ShutdownJob earlier) {
        if (earlier != null && earlier.phase() < later.phase()) {
            throw new IllegalArgumentException("Can't run job '" + later.name() + "' after '" + earlier.name()
                    + "': phase " + later.phase() + " of the first stops before phase " + earlier.phase()
                    + " of the second");
        }
    }

    /** Returns the way from {@code start} back to itself, or {@code null} if there is none. */
    private static @Nullable String pathBack(ShutdownJob start, Map<String, ShutdownJob> registered) {
        Deque<String> path = new ArrayDeque<>();
        return leadsTo(start.name(), start, registered, new HashSet<>(), path) ? String.join(" -> ", path) : null;
    }

    private static boolean leadsTo(
            String target,
            ShutdownJob from,
            Map<String, ShutdownJob> registered,
            Set<String> seen,
            Deque<String> path) {
        path.addLast(from.name());
        for (String name : from.after()) {
            if (name.equals(target)) {
                path.addLast(target);
                return true;
            }
            ShutdownJob next = registered.get(name);
            if (next != null && seen.add(name) && leadsTo(target, next, registered, seen, path)) {
                return true;
            }
        }
        path.removeLast();
        return false;
    }
}
