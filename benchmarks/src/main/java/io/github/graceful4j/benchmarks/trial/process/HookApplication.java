package io.github.graceful4j.benchmarks.trial.process;

/** A JVM with one hook, which has nothing to do. */
public final class HookApplication implements Application {

    /** Creates the candidate. */
    public HookApplication() {}

    @Override
    public void start() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {}));
    }
}
