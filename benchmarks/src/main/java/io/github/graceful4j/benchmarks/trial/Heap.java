package io.github.graceful4j.benchmarks.trial;

/** What is on the heap. */
public final class Heap {

    private Heap() {}

    /** Returns how many bytes are in use once what is not has been collected. */
    public static long used() {
        // What the first finds to be unused, such as what a reference handler cleans up, only the second collects.
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
