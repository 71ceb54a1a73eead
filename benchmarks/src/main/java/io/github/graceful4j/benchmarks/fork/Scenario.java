package io.github.graceful4j.benchmarks.fork;

import io.github.graceful4j.benchmarks.trial.Trial;
import java.util.List;

/**
 * What all candidates have to do, and what is measured of it.
 *
 * @param name the name by which it is asked for
 * @param about what it is about
 * @param trial what measures, in a process of its own
 * @param amounts how much is done, or how long is waited before; it is measured with each
 * @param candidates those that are compared, first the reference
 */
record Scenario(
        String name, String about, Class<? extends Trial<?>> trial, Amounts amounts, List<Candidate> candidates) {

    Scenario {
        candidates = List.copyOf(candidates);
    }

    /** Returns those of the candidates that run on a Java of this version. */
    List<Candidate> candidatesFor(int java) {
        return candidates.stream().filter(candidate -> candidate.java() <= java).toList();
    }

    String reference() {
        return candidates.get(0).name();
    }
}
