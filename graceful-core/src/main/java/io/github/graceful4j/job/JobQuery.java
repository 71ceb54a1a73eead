package io.github.graceful4j.job;

import org.jspecify.annotations.Nullable;

/**
 * Which jobs somebody wants to see. There may be very many, so that it is worth asking for a few.
 *
 * @param kind the kind they are of, or {@code null} for both
 * @param state the state they are in, or {@code null} for any
 * @param name what their names contain; empty for any name
 * @param offset how many of these to leave out, the first ones
 * @param limit how many of the rest to show at most
 */
public record JobQuery(@Nullable JobKind kind, @Nullable JobState state, String name, int offset, int limit) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public JobQuery {
        if (offset < 0 || limit < 0) {
            throw new IllegalArgumentException(
                    "Can't show jobs: neither offset nor limit may be negative: " + offset + " and " + limit);
        }
    }

    /**
     * Returns the query for the first jobs of any kind.
     *
     * @param limit how many to show at most
     */
    public static JobQuery first(int limit) {
        return new JobQuery(null, null, "", 0, limit);
    }
}
