package io.github.graceful4j;

/** One registered job, and the way to undo that. Thread-safe. */
public interface Registration {

    /** Returns the name the job was registered under. */
    String name();

    /**
     * Undoes the registration, without waiting. A shutdown job never runs. A running job is stopped on its own, as a
     * shutdown would stop it, within the grace period, while all others go on; its name is free again once it has
     * ended.
     *
     * @return whether this call undid it: {@code false} if that was done before, or if it is too late because a
     *     shutdown job was started already or a running job has ended
     */
    boolean cancel();
}
