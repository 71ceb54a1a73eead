package io.github.graceful4j.work;

/**
 * Something that takes up work by itself, on threads that are not the manager's: a scheduler, a queue's workers, an
 * executor. A manager that it is registered with has it take no more when it shuts down, and starts no shutdown job
 * until nothing of it is under way or it was given up.
 *
 * <p>Nothing here is called before a shutdown. Then all methods are called on one thread, which the shutdown waits for
 * no longer than for a running job; so each may block or throw without doing any harm but to itself.
 */
public interface WorkSource {

    /**
     * Takes up no new work from now on, and lets what is under way go on. Called once, and need not wait. Where this
     * throws, the source is waited for nevertheless.
     *
     * @throws Exception anything, which is recorded
     */
    void stopTaking() throws Exception;

    /**
     * Returns how much is under way: taken up, or queued to be, and not over. Asked again and again after
     * {@link #stopTaking}, until it is none.
     *
     * @return zero for nothing; one where only that there is something is known
     * @throws Exception anything: it is asked again, and after 50 times in a row, which is about a second, that is
     *     recorded and the source not waited for any more
     */
    long underWay() throws Exception;

    /**
     * Has what is under way end soon, as time is nearly up. Called at most once, one interrupt lead before the source
     * is given up, as a running job is interrupted then; by default this does nothing.
     *
     * @throws Exception anything, which is recorded
     */
    default void interrupt() throws Exception {}
}
