package io.github.graceful4j.spring.lifecycle;

/**
 * Is told that a drain begins, to tell those who send traffic. A bean of this type is looked for when there is
 * something to tell. It is called on a thread of its own, which nothing waits for longer than the drain takes.
 */
@FunctionalInterface
public interface DrainListener {

    /**
     * The application goes on serving for a while, and then stops.
     *
     * @throws Exception if it could not be told on, which is logged
     */
    void drainBegins() throws Exception;
}
