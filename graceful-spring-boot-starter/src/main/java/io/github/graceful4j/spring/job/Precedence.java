package io.github.graceful4j.spring.job;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which names come after which. Confined to the thread that starts the context. */
final class Precedence {

    private final Map<String, Set<String>> after = new LinkedHashMap<>();

    Precedence() {}

    private Precedence(Precedence other) {
        other.after.forEach((name, earlier) -> after.put(name, new LinkedHashSet<>(earlier)));
    }

    void add(String name, Collection<String> earlier) {
        after.computeIfAbsent(name, key -> new LinkedHashSet<>()).addAll(earlier);
    }

    /** Returns this with others added, except for those that would close a circle. */
    Precedence with(Precedence others) {
        Precedence all = new Precedence(this);
        others.after.forEach(all::add);
        if (all.inOrder().size() == all.after.size()) {
            return all;
        }
        Precedence accepted = new Precedence(this);
        others.after.forEach((name, earlier) -> earlier.stream()
                .filter(each -> !accepted.comesAfter(each, name))
                .forEach(each -> accepted.add(name, Set.of(each))));
        return accepted;
    }

    private boolean comesAfter(String name, String other) {
        Deque<String> open = new ArrayDeque<>(Set.of(name));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String next = open.remove();
            if (next.equals(other)) {
                return true;
            }
            if (seen.add(next)) {
                open.addAll(earlierThan(next));
            }
        }
        return false;
    }

    /** Returns the names that a name comes after; each of them stands before it in {@link #inOrder()}. */
    Set<String> earlierThan(String name) {
        return after.getOrDefault(name, Set.of());
    }

    /** Returns the names in such an order that each comes after those that it has to; without those in a circle. */
    Set<String> inOrder() {
        Map<String, Integer> waitingFor = new LinkedHashMap<>();
        Map<String, Set<String>> followers = new LinkedHashMap<>();
        after.forEach((name, earlier) -> {
            Set<String> known = new LinkedHashSet<>(earlier);
            known.retainAll(after.keySet());
            waitingFor.put(name, known.size());
            known.forEach(each -> followers
                    .computeIfAbsent(each, key -> new LinkedHashSet<>())
                    .add(name));
        });
        Deque<String> ready = new ArrayDeque<>();
        waitingFor.forEach((name, count) -> {
            if (count == 0) {
                ready.add(name);
            }
        });
        Set<String> ordered = new LinkedHashSet<>();
        for (String name = ready.poll(); name != null; name = ready.poll()) {
            ordered.add(name);
            for (String follower : followers.getOrDefault(name, Set.of())) {
                if (waitingFor.merge(follower, -1, Integer::sum) == 0) {
                    ready.add(follower);
                }
            }
        }
        return ordered;
    }
}
