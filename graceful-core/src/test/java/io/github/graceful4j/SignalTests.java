package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.graceful4j.internal.jvm.RecordingHooks;
import io.github.graceful4j.internal.jvm.RecordingSignals;
import io.github.graceful4j.internal.jvm.SignalHub;
import io.github.graceful4j.internal.jvm.Signals;
import io.github.graceful4j.internal.jvm.Threads;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SignalTests {

    private final RecordingSignals signals = new RecordingSignals("TERM", "INT", "TSTP");
    private final RecordingHooks hooks = new RecordingHooks();
    private final List<Integer> halts = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final SignalHub hub = hubOn(signals);
    private final GracefulManager manager = builderOn(hub).build();

    private SignalHub hubOn(RecordingSignals installed) {
        PrintStream errors = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new SignalHub(installed, halts::add, Threads.own(), () -> errors);
    }

    private GracefulManagerBuilder builderOn(SignalHub signalHub) {
        return GracefulManager.builder().signalHub(signalHub).hooks(hooks);
    }

    @Test
    @DisplayName("C17: a signal requests a shutdown with a reason that names it")
    void signalIsTheReason() throws Exception {
        signals.raise("TERM", 15);

        ShutdownReport report = manager.awaitDone();

        assertThat(report.reason()).isEqualTo(ShutdownReason.signal("SIGTERM"));
        assertThat(halts).isEmpty();
    }

    @Test
    @DisplayName("C17: the JVM gets the signal when the shutdown is over, and not before")
    void signalIsHandedOnAfterwards() throws Exception {
        StubbornJob flush = new StubbornJob();
        manager.addShutdownJob("flush", flush);

        signals.raise("INT", 2);
        Waiting.forResult(flush.started);

        assertThat(signals.handedOn).isEmpty();
        flush.end();
        Waiting.until(() -> !signals.handedOn.isEmpty());
        assertThat(manager.state()).isEqualTo(ManagerState.TERMINATED);
        assertThat(signals.handedOn).containsExactly("INT");
    }

    @Test
    @DisplayName("C17: whoever waits for the shutdown has a moment for the report before the JVM gets the signal")
    void waiterHasAMoment() throws Exception {
        CountDownLatch reported = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<String> handedOnBefore = new CopyOnWriteArrayList<>();
        StubbornJob flush = new StubbornJob();
        manager.addShutdownJob("flush", flush);
        Thread main = new Thread(() -> {
            manager.close();
            handedOnBefore.addAll(signals.handedOn);
            reported.countDown();
            awaitOpen(mayEnd);
        });
        main.start();
        Waiting.forResult(flush.started);
        Waiting.until(() -> main.getState() == Thread.State.WAITING);

        signals.raise("TERM", 15);
        flush.end();
        Waiting.forLatch(reported);
        mayEnd.countDown();
        Waiting.until(() -> !signals.handedOn.isEmpty());

        assertThat(handedOnBefore).isEmpty();
        main.join();
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody interrupts", e);
        }
    }

    @Test
    @DisplayName("C27: managers shut down side by side at a signal, and the JVM gets it when the last of them is done")
    void managersShutDownSideBySide() throws Exception {
        StubbornJob first = new StubbornJob();
        StubbornJob second = new StubbornJob();
        manager.addShutdownJob("flush", first);
        GracefulManager other = builderOn(hub).build();
        other.addShutdownJob("flush", second);

        signals.raise("TERM", 15);
        Waiting.forResult(first.started);
        Waiting.forResult(second.started);

        first.end();
        Waiting.forResult(manager.done());
        assertThat(signals.handedOn).isEmpty();
        second.end();
        Waiting.forResult(other.done());
        Waiting.until(() -> !signals.handedOn.isEmpty());
        assertThat(signals.handedOn).containsExactly("TERM");
        assertThat(halts).isEmpty();
        assertThat(signals.handled()).isEmpty();
    }

    @Test
    @DisplayName("C17: a second signal while stopping halts with 128+n")
    void secondSignalHalts() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        manager.addShutdownJob("flush", context -> mayEnd.await());
        signals.raise("TERM", 15);

        signals.raise("INT", 2);

        assertThat(halts).containsExactly(130);
        mayEnd.countDown();
        manager.awaitDone();
    }

    @Test
    @DisplayName("C17: a second signal prints which jobs still run, and where, before it halts")
    void secondSignalPrintsWhatRuns() throws Exception {
        StubbornJob flush = new StubbornJob();
        manager.addRunningJob("ended", context -> {});
        manager.addShutdownJob("flush", flush);
        signals.raise("TERM", 15);
        Waiting.forResult(flush.started);

        signals.raise("INT", 2);

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("Received SIGINT while shutting down; halting. Still running:")
                .contains("job 'flush' in thread 'graceful-job-flush'", "StubbornJob.run")
                .doesNotContain("job 'ended'");
        assertThat(halts).containsExactly(130);
        flush.end();
        manager.awaitDone();
    }

    @Test
    @DisplayName("C17: the first signal during a shutdown that the program asked for does not halt")
    void firstSignalDuringShutdownDoesNotHalt() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        manager.addShutdownJob("flush", context -> mayEnd.await());
        manager.shutdown(ShutdownReason.requested("the program"));

        signals.raise("TERM", 15);

        assertThat(halts).isEmpty();
        mayEnd.countDown();
        assertThat(manager.awaitDone().reason()).isEqualTo(ShutdownReason.requested("the program"));
    }

    @Test
    @Tag("rounds")
    @DisplayName("C17: a signal at the very moment of a stop is handed on once, halts nothing and hangs nowhere")
    void signalRacesStop() throws Exception {
        for (int round = 0; round < 50; round++) {
            RecordingSignals installed = new RecordingSignals("TERM");
            GracefulManager stopped = builderOn(hubOn(installed)).build();
            AtomicInteger runs = new AtomicInteger();
            stopped.addShutdownJob("flush", context -> runs.incrementAndGet());
            // With this on top, the signal comes to our handler even where that is about to go.
            installed.install("TERM", Signals.Arrival::handOn);
            CyclicBarrier together = new CyclicBarrier(2);
            Thread closing = new Thread(() -> {
                meet(together);
                stopped.close();
            });
            closing.start();

            meet(together);
            installed.raise("TERM", 15);
            Waiting.until(() -> !installed.handedOn.isEmpty());
            closing.join();

            assertThat(installed.handedOn).containsExactly("TERM");
            assertThat(stopped.state()).isEqualTo(ManagerState.TERMINATED);
            assertThat(runs).hasValue(1);
            assertThat(halts).isEmpty();
        }
    }

    private static void meet(CyclicBarrier together) {
        try {
            together.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError("Nobody breaks the barrier", e);
        }
    }

    @Test
    @DisplayName("C17: SIGTSTP is recorded, and then handed on at once, so that the process is suspended as always")
    void stopSignalIsRecorded() {
        RecordingLog log = new RecordingLog();
        GracefulManager recording = builderOn(hub).logger(log.logger()).build();

        signals.raise("TSTP", 20);

        assertThat(signals.handedOn).containsExactly("TSTP");
        assertThat(recording.state()).isEqualTo(ManagerState.STARTED);
        Waiting.until(() -> !log.lines(Level.INFO).isEmpty());
        assertThat(log.lines(Level.INFO)).containsExactly("Received SIGTSTP, which suspends the process");
        recording.close();
        manager.close();
    }

    @Test
    @DisplayName("C17: handlers and hook are removed when the manager is closed")
    void handlersAreRemovedOnClose() {
        assertThat(signals.handled()).containsExactly("INT", "TERM", "TSTP");
        assertThat(hooks.hooks).hasSize(1);

        manager.close();

        assertThat(signals.handled()).isEmpty();
        assertThat(hooks.hooks).isEmpty();
    }

    @Test
    @DisplayName("C17: where signals can't be handled, the JVM's hook is left")
    void hookIsLeftWithoutSignals() throws Exception {
        RecordingHooks exiting = new RecordingHooks();
        GracefulManager plain =
                builderOn(hubOn(new RecordingSignals())).hooks(exiting).build();

        exiting.exit();

        assertThat(plain.awaitDone().reason()).isEqualTo(ShutdownReason.jvmExit());
        manager.close();
    }

    @Test
    @DisplayName("C17: a manager without signals installs no handler")
    void noHandlerWithoutSignals() {
        RecordingSignals unused = new RecordingSignals("TERM", "INT", "TSTP");

        GracefulManager quiet = builderOn(hubOn(unused)).signals(false).build();

        assertThat(unused.handled()).isEmpty();
        quiet.close();
        manager.close();
    }

    @Test
    @DisplayName("C17: the JVM that is exiting already takes no hook, which the log says to who wants to know")
    void exitingJvmIsInTheLog() {
        RecordingLog log = new RecordingLog();
        hooks.exit();

        GracefulManager late = builderOn(hub).logger(log.logger()).build();
        late.close();

        Waiting.until(
                () -> log.lines(Level.DEBUG).contains("The JVM is exiting already, so the manager is not told of it"));
    }

    @Test
    @DisplayName("C17: the JVM does not get the signal while whoever waited for the shutdown has its moment")
    void signalWaitsForTheWaiter() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<Boolean> wasTooEarly = new CompletableFuture<>();
        AtomicLong began = new AtomicLong();
        StubbornJob flush = new StubbornJob();
        manager.addShutdownJob("flush", flush);
        Thread main = new Thread(() -> {
            manager.close();
            Waiting.until(() -> !signals.handedOn.isEmpty() || isSignalWaiting());
            boolean isInItsMoment = System.nanoTime() - began.get() < TimeUnit.SECONDS.toNanos(1);
            wasTooEarly.complete(!signals.handedOn.isEmpty() && isInItsMoment);
            awaitOpen(mayEnd);
        });
        main.start();
        Waiting.forResult(flush.started);
        Waiting.until(() -> main.getState() == Thread.State.WAITING);

        signals.raise("TERM", 15);
        began.set(System.nanoTime());
        flush.end();

        assertThat(Waiting.forResult(wasTooEarly)).isFalse();
        mayEnd.countDown();
        main.join();
        Waiting.until(() -> !signals.handedOn.isEmpty());
    }

    private static boolean isSignalWaiting() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().startsWith("graceful-"))
                .flatMap(each -> Stream.of(each.getValue()))
                .anyMatch(frame -> frame.getMethodName().equals("joinWaiters"));
    }
}
