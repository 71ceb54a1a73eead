package io.github.graceful4j.job;

/**
 * A callback that waits for the cancellation of a job, as {@link JobContext#onCancel} returns it. Thread-safe.
 *
 * <p>A job that takes up one connection after the other has a callback for the one it holds, and removes it with the
 * connection.
 */
public interface CancellationCallback {

    /**
     * Removes the callback, which is then never called.
     *
     * @return whether this call removed it: not if it was removed or dropped before, or has been called, or is about to
     *     be
     */
    boolean remove();
}
