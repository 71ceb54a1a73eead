package io.github.graceful4j.work;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tries the ways in which two threads can interleave in a tracker, with a switch between any two steps.
 *
 * <p>Each operation is tried beside each other one, on an instance of this class of its own; none of them returns
 * anything, since what has to hold is checked when all have ended.
 */
@Timeout(170)
public class WorkTrackerModelTests {

    private final WorkTracker tracker = new WorkTracker(Runnable::run);
    private final AtomicReference<@Nullable UnitOfWork> held = new AtomicReference<>();
    private final CompletableFuture<@Nullable Void> neverDrained = new CompletableFuture<>();
    private volatile CompletableFuture<@Nullable Void> drained = neverDrained;
    private volatile boolean isOver;
    private volatile boolean wasAdmittedLate;

    @Test
    @DisplayName("C20: no unit is admitted once draining found none in flight, and no exit is lost")
    void drainingEndsOnceAndForAll() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsBefore(1)
                .actorsPerThread(2)
                .actorsAfter(0)
                .iterations(20)
                .invocationsPerIteration(1_000)
                // Who looks whether all have left looks at each slot, which is no loop that hangs.
                .loopBound(10_000)
                .check(WorkTrackerModelTests.class);
    }

    /** Enters and leaves. */
    @Operation
    public void pass() {
        UnitOfWork unit = tracker.tryEnter();
        if (unit != null) {
            noteIfLate();
            unit.close();
        }
    }

    /** Enters, for another operation to leave. */
    @Operation
    public void enter() {
        UnitOfWork unit = tracker.tryEnter();
        if (unit != null) {
            noteIfLate();
            if (!held.compareAndSet(null, unit)) {
                unit.close();
            }
        }
    }

    /** Leaves; another thread may have entered, or may be leaving with the same unit at the same moment. */
    @Operation
    public void leave() {
        UnitOfWork unit = held.get();
        if (unit != null) {
            unit.close();
            held.compareAndSet(unit, null);
        }
    }

    /** Begins to drain. */
    @Operation
    public void drain() {
        CompletableFuture<@Nullable Void> end = tracker.drain();
        drained = end;
        if (end.isDone()) {
            isOver = true;
        }
    }

    private void noteIfLate() {
        if (isOver) {
            wasAdmittedLate = true;
        }
    }

    /** Checks that no unit was in flight after the end, and that draining ends when the last unit has left. */
    @Validate
    public void check() {
        boolean begun = drained != neverDrained;
        UnitOfWork last = held.get();
        require(!wasAdmittedLate, "A unit was in flight after draining had ended");
        require(tracker.inFlight() == (last == null ? 0 : 1), "In flight are " + tracker.inFlight());
        require(!begun || drained.isDone() == (last == null), "Drained is " + drained.isDone());
        if (last != null) {
            last.close();
        }
        require(!begun || drained.isDone(), "Draining never ended");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
