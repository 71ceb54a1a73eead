package io.github.graceful4j.benchmarks.trial;

/**
 * Measures one candidate, in a process that does nothing else.
 *
 * @param <S> what candidates have in common
 */
@FunctionalInterface
public interface Trial<S> {

    /**
     * Measures.
     *
     * @param candidate the candidate
     * @param amount how many there are of what the scenario is about
     * @param figures takes what was measured
     * @throws Exception if the candidate fails
     */
    void measure(S candidate, int amount, Figures figures) throws Exception;
}
