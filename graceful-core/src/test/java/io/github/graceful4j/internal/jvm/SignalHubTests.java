package io.github.graceful4j.internal.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SignalHubTests {

    private final RecordingSignals signals = new RecordingSignals("TERM", "INT", "TSTP");
    private final List<Integer> halts = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream errors = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private final List<Thread> made = new CopyOnWriteArrayList<>();
    private final Threads threads = (name, work) -> {
        Thread thread = Threads.own().newThread(name, work);
        made.add(thread);
        return thread;
    };
    private final SignalHub hub = hubOn(signals, threads);

    private SignalHub hubOn(Signals installed, Threads threads) {
        return new SignalHub(installed, halts::add, threads, () -> errors);
    }

    private boolean isIdle() {
        return made.stream().noneMatch(Thread::isAlive);
    }

    private void untilHandedOn(String... expected) {
        Waiting.until(() -> signals.handedOn.equals(List.of(expected)));
    }

    @Test
    @DisplayName("C27: handlers are there from the first manager to the last, in whatever order they leave")
    void handlersAreThereWhileManagersAre() {
        SignalHub.Subscription first = hub.subscribe(new Told());
        SignalHub.Subscription second = hub.subscribe(new Told());
        assertThat(signals.handled()).containsExactly("INT", "TERM", "TSTP");
        assertThat(signals.count("TERM")).isEqualTo(1);

        first.leave();
        assertThat(signals.handled()).containsExactly("INT", "TERM", "TSTP");
        second.leave();

        assertThat(signals.handled()).isEmpty();
    }

    @Test
    @DisplayName("C27: who leaves twice does not take the handlers from the others")
    void leavingTwiceIsLeavingOnce() {
        SignalHub.Subscription first = hub.subscribe(new Told());
        hub.subscribe(new Told());

        first.leave();
        first.leave();

        assertThat(signals.handled()).containsExactly("INT", "TERM", "TSTP");
    }

    @Test
    @DisplayName("C25: the hub keeps nothing of a manager that has left")
    void nothingIsKept() {
        hub.subscribe(new Told());

        WeakReference<Told> left = comeAndLeave();

        Waiting.until(() -> {
            System.gc();
            return left.get() == null;
        });
        assertThat(signals.handled()).isNotEmpty();
    }

    private WeakReference<Told> comeAndLeave() {
        Told told = new Told();
        hub.subscribe(told).leave();
        return new WeakReference<>(told);
    }

    @Test
    @DisplayName("C27: a signal is told to all managers, and handed on once when the last of them is done")
    void handedOnWhenTheLastIsDone() {
        Told first = new Told();
        Told second = new Told();
        first.subscription = hub.subscribe(first);
        second.subscription = hub.subscribe(second);

        signals.raise("TERM", 15);

        assertThat(first.calls).contains("SIGTERM");
        assertThat(second.calls).contains("SIGTERM");
        second.end();
        Waiting.until(() -> first.isAwaited);
        assertThat(signals.handedOn).isEmpty();
        first.end();
        untilHandedOn("TERM");
        assertThat(halts).isEmpty();
        assertThat(signals.handled()).isEmpty();
    }

    @Test
    @DisplayName("C27: a manager that comes meanwhile is told when the others are done, and waited for")
    void lateManagerIsWaitedFor() {
        Told first = new Told();
        first.subscription = hub.subscribe(first);
        signals.raise("INT", 2);
        Told late = new Told();
        late.subscription = hub.subscribe(late);
        assertThat(late.calls).isEmpty();

        first.end();
        Waiting.until(() -> late.isAwaited);

        assertThat(late.calls).containsExactly("SIGINT", "await");
        assertThat(signals.handedOn).isEmpty();
        late.end();
        untilHandedOn("INT");
    }

    @Test
    @DisplayName("C27: a program that makes managers again and again ends nevertheless")
    void managersWithoutEndHoldUpNothing() {
        Told first = new Told();
        first.subscription = hub.subscribe(first);
        signals.raise("TERM", 15);
        Told late = new Told();
        late.subscription = hub.subscribe(late);
        first.end();
        Waiting.until(() -> late.isAwaited);
        hub.subscribe(new Told());

        late.end();

        untilHandedOn("TERM");
    }

    @Test
    @DisplayName("C17: a second signal prints what still runs in every manager, and halts with 128+n")
    void secondSignalHalts() {
        Told failing = new Told();
        failing.isBroken = true;
        hub.subscribe(failing);
        hub.subscribe(new Told());
        signals.raise("TERM", 15);

        signals.raise("INT", 2);

        assertThat(halts).containsExactly(130);
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("Received SIGINT while shutting down; halting. Still running:", "a job", "a job");
        assertThat(signals.handedOn).isEmpty();
    }

    @Test
    @DisplayName("C17: when whoever got the signal did not end the process, the next one is a first one again")
    void nextSignalIsAFirstOne() {
        Told first = new Told();
        first.subscription = hub.subscribe(first);
        signals.raise("TERM", 15);
        first.end();
        untilHandedOn("TERM");

        Told second = new Told();
        second.subscription = hub.subscribe(second);
        // The first hand-on may still be about to end; a signal before that would be a second one.
        Waiting.until(this::isIdle);
        signals.raise("TERM", 15);
        second.end();

        untilHandedOn("TERM", "TERM");
        assertThat(halts).isEmpty();
    }

    @Test
    @DisplayName("C23: what one manager throws keeps no other from being told, waited for and handed on for")
    void thrownStopsNobody() {
        Told failing = new Told();
        failing.isBroken = true;
        Told other = new Told();
        failing.subscription = hub.subscribe(failing);
        other.subscription = hub.subscribe(other);

        signals.raise("TERM", 15);
        other.end();

        untilHandedOn("TERM");
        assertThat(other.calls).containsExactly("SIGTERM", "await");
        assertThat(failing.calls).contains("SIGTERM", "await");
    }

    @Test
    @DisplayName("C17: SIGTSTP is told to all and handed on at once, again and again")
    void stopSignalIsHandedOn() {
        Told told = new Told();
        told.isBroken = true;
        Told other = new Told();
        hub.subscribe(told);
        hub.subscribe(other);

        signals.raise("TSTP", 20);
        signals.raise("TSTP", 20);

        assertThat(signals.handedOn).containsExactly("TSTP", "TSTP");
        assertThat(other.calls).containsExactly("stop SIGTSTP", "stop SIGTSTP");
        assertThat(halts).isEmpty();
    }

    @Test
    @DisplayName("C27: a handler that somebody installed on top stays, and ours beneath hands on what it gets")
    void foreignHandlerStays() {
        Told told = new Told();
        told.subscription = hub.subscribe(told);
        List<String> foreign = new CopyOnWriteArrayList<>();
        signals.install("TERM", arrival -> {
            foreign.add("TERM");
            arrival.handOn();
        });

        told.end();
        signals.raise("TERM", 15);

        assertThat(foreign).containsExactly("TERM");
        assertThat(signals.handedOn).containsExactly("TERM");
        assertThat(told.calls).isEmpty();
    }

    @Test
    @DisplayName("C27: handlers that come again on top of a foreign one take the signal for one, not for two")
    void handlersComeAgainOnTop() {
        hub.subscribe(new Told()).leave();
        SignalHub.Subscription before = hub.subscribe(new Told());
        signals.install("TERM", Signals.Arrival::handOn);
        before.leave();
        Told told = new Told();
        told.subscription = hub.subscribe(told);
        assertThat(signals.count("TERM")).isEqualTo(3);

        signals.raise("TERM", 15);
        // It stays a manager of the hub, so that the handler beneath could take the signal for a second one.
        told.done.countDown();

        untilHandedOn("TERM");
        assertThat(halts).isEmpty();
    }

    @Test
    @DisplayName("C27: hubs of two class loaders shut down side by side, and the lower one hands on when both are done")
    void hubsOfTwoClassLoaders() {
        signals.isOfTwoHubs = true;
        Told lower = new Told();
        lower.subscription = hub.subscribe(lower);
        Told upper = new Told();
        upper.subscription = hubOn(signals, threads).subscribe(upper);

        signals.raise("TERM", 15);
        assertThat(upper.calls).contains("SIGTERM");
        assertThat(lower.calls).contains("SIGTERM");
        lower.end();
        Waiting.until(() -> upper.isAwaited);

        assertThat(signals.handedOn).isEmpty();
        upper.end();
        untilHandedOn("TERM");
        assertThat(halts).isEmpty();
    }

    @Test
    @DisplayName("C27: a hub whose managers have left still waits for those of another class loader")
    void hubWithoutManagersWaitsForOthers() {
        signals.isOfTwoHubs = true;
        SignalHub.Subscription lower = hub.subscribe(new Told());
        Told upper = new Told();
        upper.subscription = hubOn(signals, threads).subscribe(upper);
        lower.leave();

        signals.raise("TERM", 15);
        Waiting.until(() -> upper.isAwaited);

        assertThat(signals.handedOn).isEmpty();
        upper.end();
        untilHandedOn("TERM");
    }

    @Test
    @DisplayName("C17: without a thread to wait on, that of the signal waits")
    void withoutThreadsTheSignalsThreadWaits() {
        SignalHub poor = hubOn(signals, NoThreads.AT_ALL);
        Told told = new Told();
        told.subscription = poor.subscribe(told);
        told.done.countDown();

        signals.raise("TERM", 15);

        assertThat(told.calls).containsExactly("SIGTERM", "await");
        assertThat(signals.handedOn).containsExactly("TERM");
    }

    @Test
    @DisplayName("C17: each manager is told that signals can't be handled; then SIGTSTP is left alone, too")
    void refusedSignalsAreSaid() {
        RecordingSignals reduced = new RecordingSignals("TSTP");
        SignalHub deaf = hubOn(reduced, Threads.own());
        Told first = new Told();
        Told second = new Told();

        deaf.subscribe(first);
        deaf.subscribe(second);

        assertThat(first.calls)
                .containsExactly(
                        "note Can't handle SIGTERM; the JVM's shutdown hook is left",
                        "note Can't handle SIGINT; the JVM's shutdown hook is left");
        assertThat(second.calls).isEqualTo(first.calls);
        assertThat(reduced.handled()).isEmpty();
    }

    @Test
    @DisplayName("C17: a handler that can't be put back is said, and keeps the others from nothing")
    void handlerThatStaysIsSaid() {
        Told told = new Told();
        SignalHub stuck = hubOn(
                (name, handler) -> () -> {
                    throw new UnsupportedOperationException(name);
                },
                threads);

        stuck.subscribe(told).leave();

        assertThat(told.calls)
                .containsExactly(
                        "note A signal handler stays installed, and does nothing any more (TERM)",
                        "note A signal handler stays installed, and does nothing any more (INT)",
                        "note A signal handler stays installed, and does nothing any more (TSTP)");
    }

    @Test
    @DisplayName("C17: a signal that can't be handed on is said, once it has been waited for")
    void signalThatStaysIsSaid() {
        Told told = new Told();
        told.subscription = hub.subscribe(told);
        signals.isStuck = true;

        signals.raise("TSTP", 20);
        signals.raise("TERM", 15);
        told.end();
        Waiting.until(this::isIdle);

        assertThat(told.calls)
                .containsExactly(
                        "stop SIGTSTP",
                        "note The signal could not be handed on: java.lang.UnsupportedOperationException: stuck",
                        "SIGTERM",
                        "note The signal could not be handed on at once: java.lang.UnsupportedOperationException: stuck",
                        "await",
                        "note The signal could not be handed on: java.lang.UnsupportedOperationException: stuck");
    }

    @Test
    @DisplayName("C27: a manager that fails when it is told of a signal has that in its log, and the others are told")
    void failureIsNoted() {
        List<String> notes = new CopyOnWriteArrayList<>();
        Told other = new Told();
        hub.subscribe(new Told() {
            @Override
            public void signalled(String signal) {
                throw new IllegalStateException("test");
            }

            @Override
            public void note(String line) {
                notes.add(line);
            }

            @Override
            public void awaitDone() {
                // It is not shut down.
            }
        });
        other.subscription = hub.subscribe(other);

        signals.raise("TERM", 15);
        other.end();
        Waiting.until(this::isIdle);

        assertThat(notes)
                .containsExactly("A manager could not be told of a signal: java.lang.IllegalStateException: test");
        assertThat(other.calls).contains("SIGTERM");
    }

    @Test
    @DisplayName("C27: the hub of the process is one")
    void hubOfTheProcess() {
        assertThat(SignalHub.ofProcess()).isSameAs(SignalHub.ofProcess());
        assertThat(Signals.system()).isInstanceOf(SystemSignals.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            Waiting.forLatch(latch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A manager, as far as the hub sees one. */
    private static class Told implements SignalHub.Subscriber {

        private final List<String> calls = new CopyOnWriteArrayList<>();
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile SignalHub.Subscription subscription = () -> {};
        private volatile boolean isAwaited;
        private volatile boolean isBroken;

        private void end() {
            subscription.leave();
            done.countDown();
        }

        private void call(String call) {
            calls.add(call);
            if (isBroken) {
                throw new AssertionError("test");
            }
        }

        @Override
        public void signalled(String signal) {
            call(signal);
        }

        @Override
        public void stopSignalled(String signal) {
            call("stop " + signal);
        }

        @Override
        public void awaitDone() {
            call("await");
            isAwaited = true;
            await(done);
        }

        @Override
        public void dump(PrintStream target) {
            target.println("a job");
            call("dump");
        }

        @Override
        public void note(String line) {
            call("note " + line);
        }
    }
}
