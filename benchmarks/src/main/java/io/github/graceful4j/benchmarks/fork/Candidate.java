package io.github.graceful4j.benchmarks.fork;

import java.util.List;
import java.util.OptionalInt;

/**
 * One of those that are compared.
 *
 * @param name what it is called in the table
 * @param type its class, which is made in a process of its own
 * @param jars what that process has on its class path
 * @param java the first Java that has what it needs
 * @param flags what the JVM has to be told for it
 * @param ownAmount how much it does, where candidates differ in just that
 */
record Candidate(String name, Class<?> type, List<Jars> jars, int java, List<String> flags, OptionalInt ownAmount) {

    Candidate {
        jars = List.copyOf(jars);
        flags = List.copyOf(flags);
    }

    static Candidate of(String name, Class<?> type, Jars... jars) {
        return new Candidate(name, type, List.of(jars), 17, List.of(), OptionalInt.empty());
    }

    /** Returns this candidate for virtual threads. */
    Candidate virtual() {
        return new Candidate(name, type, jars, 21, flags, ownAmount);
    }

    /** Returns this candidate for what Java 25 has for a preview. */
    Candidate preview() {
        return new Candidate(name, type, jars, 25, List.of("--enable-preview"), ownAmount);
    }

    /** Returns one that differs in nothing but the amount, and its name. */
    Candidate doing(String newName, int amount) {
        return new Candidate(newName, type, jars, java, flags, OptionalInt.of(amount));
    }
}
