package io.github.graceful4j.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.graceful4j.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkTrackerTests {

    private final WorkTracker tracker = new WorkTracker();

    @Test
    @DisplayName("C20: units of work are counted from enter to close")
    void unitsAreCounted() {
        UnitOfWork one = tracker.enter();
        UnitOfWork two = tracker.enter();
        assertThat(tracker.inFlight()).isEqualTo(2);

        one.close();
        assertThat(tracker.inFlight()).isEqualTo(1);

        two.close();
        assertThat(tracker.inFlight()).isZero();
    }

    @Test
    @DisplayName("C20: closing a unit twice counts once")
    void closingTwiceCountsOnce() {
        UnitOfWork one = tracker.enter();
        UnitOfWork two = tracker.enter();

        one.close();
        one.close();

        assertThat(tracker.inFlight()).isEqualTo(1);
        two.close();
    }

    @Test
    @DisplayName("C20: a unit that has left does not leave once more for the one that came after it")
    void closingTwiceSparesTheNext() {
        List<UnitOfWork> left = new ArrayList<>();
        List<UnitOfWork> inside = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            UnitOfWork unit = tracker.enter();
            unit.close();
            left.add(unit);
            inside.add(tracker.enter());
        }

        left.forEach(UnitOfWork::close);

        assertThat(tracker.inFlight()).isEqualTo(50);
        inside.forEach(UnitOfWork::close);
        inside.forEach(UnitOfWork::close);
        assertThat(tracker.inFlight()).isZero();
        assertThat(tracker.drain()).isCompleted();
    }

    @Test
    @Tag("rounds")
    @DisplayName("C20: a unit that two threads close at the same moment leaves once")
    void closingAtTheSameMomentCountsOnce() throws Exception {
        UnitOfWork stays = tracker.enter();
        for (int round = 0; round < 2_000; round++) {
            List<UnitOfWork> units = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                units.add(tracker.enter());
            }
            CountDownLatch both = new CountDownLatch(2);
            CompletableFuture<?> other =
                    CompletableFuture.runAsync(() -> closeTogether(units, both), task -> new Thread(task).start());
            closeTogether(units, both);
            other.get();

            assertThat(tracker.inFlight()).isOne();
        }
        stays.close();
    }

    private static void closeTogether(List<UnitOfWork> units, CountDownLatch both) {
        both.countDown();
        while (both.getCount() > 0) {
            Thread.onSpinWait();
        }
        units.forEach(UnitOfWork::close);
    }

    @Test
    @DisplayName("C20: a unit may be closed by another thread than the one that entered")
    void unitMayBeClosedByAnotherThread() {
        List<UnitOfWork> units = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            units.add(tracker.enter());
        }

        CompletableFuture.runAsync(() -> units.forEach(UnitOfWork::close), task -> new Thread(task).start())
                .join();

        assertThat(tracker.drain()).isCompleted();
    }

    @Test
    @DisplayName("C20: draining refuses new units, with an exception of its own that executors' users know")
    void drainingRefuses() {
        assertThat(tracker.isDraining()).isFalse();

        tracker.drain();

        assertThat(tracker.isDraining()).isTrue();
        assertThat(tracker.tryEnter()).isNull();
        assertThatExceptionOfType(WorkRefusedException.class)
                .isThrownBy(tracker::enter)
                .isInstanceOf(RejectedExecutionException.class)
                .withMessageStartingWith("Can't begin a unit of work: draining has begun");
        assertThat(tracker.refused()).isEqualTo(2);
        assertThat(tracker.inFlight()).isZero();
    }

    @Test
    @DisplayName("C20: draining ends when the last unit in flight has left")
    void drainingWaitsForUnitsInFlight() throws Exception {
        UnitOfWork one = tracker.enter();
        UnitOfWork two = tracker.enter();

        CompletableFuture<@Nullable Void> drained = tracker.drain();

        assertThat(drained).isNotDone();
        one.close();
        assertThat(drained).isNotDone();
        two.close();
        Waiting.forResult(drained);
    }

    @Test
    @DisplayName("C20: draining with nothing in flight is over at once, also the second time")
    void drainingWithNothingInFlight() {
        assertThat(tracker.drain()).isCompleted();
        assertThat(tracker.drain()).isCompleted();
    }

    @Test
    @DisplayName("C20: who waits for the end of draining can't end it for others")
    void waitersCantEndDraining() {
        UnitOfWork unit = tracker.enter();

        tracker.drain().complete(null);

        assertThat(tracker.drain()).isNotDone();
        unit.close();
    }

    @Test
    @DisplayName("C20: a wrapped action is a unit of work while it runs, also when it throws")
    void wrappedActionsAreUnits() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        tracker.wrap(() -> {
                    ran.set(true);
                    assertThat(tracker.inFlight()).isEqualTo(1);
                })
                .run();
        assertThat(tracker.<Long>wrap(tracker::inFlight).call()).isEqualTo(1);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> tracker.wrap((Runnable) () -> {
                            throw new IllegalStateException("broken");
                        })
                        .run());

        assertThat(ran).isTrue();
        assertThat(tracker.inFlight()).isZero();
    }

    @Test
    @DisplayName("C20: a refused action does not run")
    void refusedActionsDoNotRun() {
        AtomicBoolean ran = new AtomicBoolean();
        Runnable action = tracker.wrap(() -> ran.set(true));
        tracker.drain();

        assertThatExceptionOfType(WorkRefusedException.class).isThrownBy(action::run);

        assertThat(ran).isFalse();
    }

    @Test
    @DisplayName("C20: a task of a wrapped executor is in flight from the moment it is handed in")
    void executorTasksAreInFlightWhileQueued() throws Exception {
        Queue<Runnable> queue = new ArrayDeque<>();
        Executor executor = tracker.wrap(queue::add);
        AtomicBoolean ran = new AtomicBoolean();

        executor.execute(() -> ran.set(true));
        CompletableFuture<@Nullable Void> drained = tracker.drain();

        assertThat(drained).isNotDone();
        assertThatExceptionOfType(WorkRefusedException.class).isThrownBy(() -> executor.execute(() -> {}));
        queue.remove().run();
        assertThat(ran).isTrue();
        Waiting.forResult(drained);
    }

    @Test
    @DisplayName("C20: a task that its executor does not take is not in flight")
    void rejectedTasksAreNotInFlight() {
        Executor executor = tracker.wrap((Executor) task -> {
            throw new RejectedExecutionException("full");
        });

        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> executor.execute(() -> {}));

        assertThat(tracker.inFlight()).isZero();
    }

    @Test
    @Tag("rounds")
    @DisplayName("C20: no unit that was admitted is missed, however many threads enter and leave while draining begins")
    void noAdmittedUnitIsMissed() throws InterruptedException {
        for (int round = 0; round < 300; round++) {
            WorkTracker contended = new WorkTracker();
            AtomicBoolean over = new AtomicBoolean();
            CountDownLatch begun = new CountDownLatch(3);
            List<CompletableFuture<Boolean>> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                threads.add(CompletableFuture.supplyAsync(
                        () -> isEverAdmittedWhen(over, contended, begun), task -> new Thread(task).start()));
            }
            begun.await();

            contended.drain().join();
            over.set(true);

            assertThat(threads).extracting(CompletableFuture::join).containsOnly(false);
        }
    }

    /** Enters and leaves until refused, and returns whether it was ever inside when all should have been over. */
    private static boolean isEverAdmittedWhen(AtomicBoolean over, WorkTracker contended, CountDownLatch begun) {
        boolean late = false;
        for (UnitOfWork unit = contended.tryEnter(); unit != null; unit = contended.tryEnter()) {
            late |= over.get();
            begun.countDown();
            unit.close();
        }
        return late;
    }
}
