package io.github.graceful4j.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Where very many units of one thread are in flight: some have a place of their own, and the rest are counted. */
class InFlightTests {

    private static final int MORE_THAN_PLACES = 20;

    private final WorkTracker tracker = new WorkTracker(Runnable::run);

    private List<UnitOfWork> entered() {
        List<UnitOfWork> units = new ArrayList<>();
        for (int i = 0; i < MORE_THAN_PLACES; i++) {
            units.add(tracker.enter());
        }
        return units;
    }

    @Test
    @DisplayName("C20: a drain waits for the last unit, whichever of those of one thread that is")
    void drainWaitsForTheLast() {
        for (int last = 0; last < MORE_THAN_PLACES; last++) {
            WorkTracker draining = new WorkTracker(Runnable::run);
            List<UnitOfWork> units = new ArrayList<>();
            for (int i = 0; i < MORE_THAN_PLACES; i++) {
                units.add(draining.enter());
            }
            CompletableFuture<@Nullable Void> drained = draining.drain();
            UnitOfWork left = units.remove(last);
            units.forEach(UnitOfWork::close);
            assertThat(drained).isNotDone();
            assertThat(draining.inFlight()).isOne();

            left.close();

            assertThat(drained).isCompleted();
            assertThat(draining.inFlight()).isZero();
        }
    }

    @Test
    @DisplayName("C20: a unit that is only counted leaves once, however often it is closed")
    void countedUnitLeavesOnce() {
        List<UnitOfWork> units = entered();
        UnitOfWork counted = units.remove(MORE_THAN_PLACES - 1);

        counted.close();
        counted.close();

        assertThat(tracker.inFlight()).isEqualTo(MORE_THAN_PLACES - 1);
        assertThat(tracker.drain()).isNotDone();
        units.forEach(UnitOfWork::close);
        assertThat(tracker.drain()).isCompleted();
    }
}
