package io.github.graceful4j.benchmarks.trial.process;

/** Something that runs until the process ends. */
@FunctionalInterface
public interface Application {

    /** Starts it; returns when it is ready. */
    void start();
}
