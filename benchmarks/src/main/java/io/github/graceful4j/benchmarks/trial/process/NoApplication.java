package io.github.graceful4j.benchmarks.trial.process;

/** A JVM and nothing else. */
public final class NoApplication implements Application {

    /** Creates the candidate. */
    public NoApplication() {}

    @Override
    public void start() {
        // The JVM has been started, and that is all.
    }
}
