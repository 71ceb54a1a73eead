package io.github.graceful4j.internal.observe;

import org.slf4j.MDC;

/**
 * Puts the name of a job into the mapped diagnostic context of the calling thread, where log lines find it. On a job's
 * own thread it stays until that ends, since such a thread does nothing else. Thread-safe, as it has no state.
 */
public final class JobMdc {

    private static final String KEY = "job";

    private JobMdc() {}

    /** Does nothing where the logging backend has no such context, or one that fails. */
    public static void put(String job) {
        try {
            MDC.put(KEY, job);
        } catch (Throwable e) {
            // The job matters more than how its log lines look.
        }
    }

    /** Takes the name out again, on a thread that goes on with something else. */
    public static void remove() {
        try {
            MDC.remove(KEY);
        } catch (Throwable e) {
            // As above.
        }
    }
}
