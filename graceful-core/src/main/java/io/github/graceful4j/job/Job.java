package io.github.graceful4j.job;

/**
 * A named piece of work that a manager runs on a thread of its own.
 *
 * <p>A <em>running job</em> works until it is cancelled or ends by itself; a <em>shutdown job</em> runs once, while
 * shutting down.
 */
@FunctionalInterface
public interface Job {

    /**
     * Does the work. A running job returns soon after {@link JobContext#isCancelled()} turns true.
     *
     * @param context tells the job when to end and how much time is left
     * @throws Exception whatever went wrong; it is recorded and never reaches another job. An
     *     {@link InterruptedException} or {@link java.util.concurrent.CancellationException} thrown after cancellation
     *     is not a failure
     */
    void run(JobContext context) throws Exception;
}
