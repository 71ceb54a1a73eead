package io.github.graceful4j.work;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A count that is kept in several cells, so that threads which count at the same moment do not meet in one.
 *
 * <p>Unlike with {@link java.util.concurrent.atomic.LongAdder}, whoever counts up gets to know the cell and counts down
 * in the same one. So no cell is ever negative, and finding each of them at zero once, one after the other, proves that
 * everything that was counted up before the first look has been counted down.
 *
 * <p>Thread-safe, as the array is.
 */
final class StripedCounter {

    /** Cells lie this many longs apart: two cache lines, since processors fetch them in pairs. */
    private static final int SPACING = 16;

    private static final int MAX_CELLS = 256;

    private final AtomicLongArray cells;
    private final int mask;

    StripedCounter() {
        int wanted = Math.min(MAX_CELLS, Runtime.getRuntime().availableProcessors() * 4);
        int count = Integer.highestOneBit(wanted - 1) << 1;
        this.mask = count - 1;
        this.cells = new AtomicLongArray(count * SPACING);
    }

    /** Counts up, and returns the cell in which to count down. */
    int increment() {
        // getId() instead of threadId(), which Java 17 does not have.
        @SuppressWarnings("deprecation")
        long thread = Thread.currentThread().getId();
        int cell = ((int) ((thread * 0x9E3779B97F4A7C15L) >>> 40) & mask) * SPACING;
        cells.getAndIncrement(cell);
        return cell;
    }

    void decrement(int cell) {
        cells.getAndDecrement(cell);
    }

    boolean isZero() {
        for (int cell = 0; cell < cells.length(); cell += SPACING) {
            if (cells.get(cell) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns the count, which is exact only while nobody counts. */
    long sum() {
        long sum = 0;
        for (int cell = 0; cell < cells.length(); cell += SPACING) {
            sum += cells.get(cell);
        }
        return sum;
    }
}
