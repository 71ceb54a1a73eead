package io.github.graceful4j.work;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The units of work that are in flight, kept in stripes, so that threads which enter or leave at the same moment do not
 * meet in one.
 *
 * <p>A unit takes a slot of its thread's stripe: one atomic operation on the way in, and one on the way out, which also
 * finds out whether the unit has left before. A slot counts how often it was taken and left, so that no unit takes
 * another for itself that had the slot before it. Where all slots of a stripe are taken, a unit is only counted there,
 * and has to know itself that it left.
 *
 * <p>A unit leaves where it entered. So finding each slot and each count empty once, one after the other, proves that
 * every unit which entered before the first look has left.
 *
 * <p>Thread-safe, as the array is.
 */
final class InFlight {

    /** Stripes lie this many longs apart: two cache lines, since processors fetch them in pairs. */
    private static final int SPACING = 16;

    /** With the count before them, they fill one cache line. */
    private static final int SLOTS = 7;

    private static final int MAX_STRIPES = 256;

    private final AtomicLongArray cells;
    private final int mask;

    InFlight() {
        int wanted = Math.min(MAX_STRIPES, Runtime.getRuntime().availableProcessors() * 4);
        int count = Integer.highestOneBit(wanted - 1) << 1;
        this.mask = count - 1;
        // The first stripe stays empty: it lies beside the length of the array, which every access reads.
        this.cells = new AtomicLongArray((count + 1) * SPACING);
    }

    /** Lets a unit in, and returns the cell by which it leaves. */
    int enter() {
        // getId() instead of threadId(), which Java 17 does not have.
        @SuppressWarnings("deprecation")
        long thread = Thread.currentThread().getId();
        int count = (((int) ((thread * 0x9E3779B97F4A7C15L) >>> 40) & mask) + 1) * SPACING;
        for (int slot = count + 1; slot <= count + SLOTS; slot++) {
            long mark = cells.get(slot);
            if (!isTaken(mark) && cells.compareAndSet(slot, mark, mark + 1)) {
                return slot;
            }
        }
        cells.getAndIncrement(count);
        return count;
    }

    private static boolean isTaken(long mark) {
        return (mark & 1) != 0;
    }

    /** Returns whether a unit that entered by {@code cell} has a slot of its own, and is not only counted. */
    static boolean isSlot(int cell) {
        return cell % SPACING != 0;
    }

    /** Returns what is in the slot of a unit as long as the unit has not left. */
    long mark(int slot) {
        return cells.getPlain(slot);
    }

    /** Lets a unit out, unless it has left before, and returns whether it did. */
    boolean leave(int slot, long mark) {
        return cells.compareAndSet(slot, mark, mark + 1);
    }

    /** Lets a unit out that was only counted; to be called once for each. */
    void leave(int count) {
        cells.getAndDecrement(count);
    }

    boolean isEmpty() {
        for (int count = SPACING; count < cells.length(); count += SPACING) {
            for (int cell = count; cell <= count + SLOTS; cell++) {
                if (unitsIn(cell) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns how many units there are, which is exact only while none enters or leaves. */
    long count() {
        long units = 0;
        for (int count = SPACING; count < cells.length(); count += SPACING) {
            for (int cell = count; cell <= count + SLOTS; cell++) {
                units += unitsIn(cell);
            }
        }
        return units;
    }

    private long unitsIn(int cell) {
        long content = cells.get(cell);
        return isSlot(cell) ? content & 1 : content;
    }
}
