package io.github.graceful4j.benchmarks.micro;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts in several cells, none of which shares a cache line with another one or with the length of the array. */
final class StripedCells {

    /** Cells lie this many longs apart: two cache lines, since processors fetch them in pairs. */
    private static final int SPACING = 16;

    private static final int COUNT = Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 4 - 1) << 1;

    private final AtomicLongArray cells = new AtomicLongArray((COUNT + 2) * SPACING);

    int increment() {
        // getId() instead of threadId(), which Java 17 does not have.
        @SuppressWarnings("deprecation")
        long thread = Thread.currentThread().getId();
        int cell = (((int) ((thread * 0x9E3779B97F4A7C15L) >>> 40) & (COUNT - 1)) + 1) * SPACING;
        cells.getAndIncrement(cell);
        return cell;
    }

    void decrement(int cell) {
        cells.getAndDecrement(cell);
    }
}
