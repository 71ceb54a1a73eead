package io.github.graceful4j.spring.metrics;

import java.util.HashSet;
import java.util.Set;

/**
 * Says which series of a meter a job counts in, so that there is never more than a fixed number of them.
 *
 * <p>The copies of a job, {@code name-1}, {@code name-2} and so on, count as one: how many there are is a matter of
 * configuration, and they all do the same. So do other jobs whose names differ in such a number only. Beyond that, the
 * first jobs have a series each, and all that come later share one.
 *
 * <p>Thread-safe: {@code own} is guarded by {@code this}.
 */
final class JobNames {

    /** How many jobs have a series of their own. */
    static final int MOST = 100;

    /** What the others are counted under. */
    static final String OTHER = "other";

    private final Set<String> own = new HashSet<>();

    /** Returns the name under which a job is counted, which is always the same for one job. */
    synchronized String seriesOf(String job) {
        String name = withoutNumberOfCopy(job);
        if (own.contains(name)) {
            return name;
        }
        return own.size() < MOST && own.add(name) ? name : OTHER;
    }

    private static String withoutNumberOfCopy(String job) {
        int end = job.length();
        while (end > 0 && job.charAt(end - 1) >= '0' && job.charAt(end - 1) <= '9') {
            end--;
        }
        boolean isCopy = end > 1 && end < job.length() && job.charAt(end - 1) == '-';
        return isCopy ? job.substring(0, end - 1) : job;
    }
}
