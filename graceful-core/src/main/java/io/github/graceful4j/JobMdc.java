package io.github.graceful4j;

import org.slf4j.MDC;

/**
 * Puts the name of a job into the mapped diagnostic context of the calling thread, where log lines find it. It stays
 * until the thread ends, since a job's thread does nothing else. Thread-safe, as it has no state.
 */
final class JobMdc {

    private static final String KEY = "job";

    private JobMdc() {}

    /** Does nothing where the logging backend has no such context, or one that fails. */
    static void put(String job) {
        try {
            MDC.put(KEY, job);
        } catch (Throwable e) {
            // The job matters more than how its log lines look.
        }
    }
}
