package io.github.graceful4j;

import io.github.graceful4j.internal.jvm.RecordingHooks;
import io.github.graceful4j.internal.jvm.RecordingSignals;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@Timeout(30)
@ResourceLock(Resources.SYSTEM_ERR)
class SignalTests {

    private final RecordingSignals signals = new RecordingSignals("TERM", "INT", "TSTP");
    private final RecordingHooks hooks = new RecordingHooks();
    private final List<Integer> halts = new CopyOnWriteArrayList<>();
    private final GracefulManager manager = managerOn(signals);

    private GracefulManager managerOn(RecordingSignals installed) {
        return GracefulManager.builder()
                .signalHandlers(installed)
                .hooks(hooks)
                .halt(halts::add)
                .build();
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
        CountDownLatch mayEnd = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        manager.addShutdownJob("flush", context -> {
            running.countDown();
            mayEnd.await();
        });

        signals.raise("INT", 2);
        running.await();

        assertThat(signals.handedOn).isEmpty();
        mayEnd.countDown();
        manager.awaitDone();
        while (signals.handedOn.isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(signals.handedOn).containsExactly("INT");
    }

    @Test
    @DisplayName("C17: a manager built after another hands the signal on at once, so that both shut down side by side")
    void managersShutDownSideBySide() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        manager.addShutdownJob("flush", context -> mayEnd.await());

        signals.raise("TERM", 15, true);
        while (signals.handedOn.isEmpty()) {
            Thread.onSpinWait();
        }

        assertThat(manager.done()).isNotDone();
        mayEnd.countDown();
        manager.awaitDone();
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
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream errors = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        GracefulManager stuck;
        try {
            stuck = managerOn(signals);
        } finally {
            System.setErr(errors);
        }
        StubbornJob flush = new StubbornJob();
        stuck.addShutdownJob("flush", flush);
        signals.raise("TERM", 15);
        Waiting.forResult(flush.started);

        signals.raise("INT", 2);
        Waiting.until(() -> printed.toString(StandardCharsets.UTF_8).contains(System.lineSeparator()));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("Received SIGINT while shutting down; halting. Still running:")
                .contains("job 'flush' in thread 'graceful-job-flush'", "StubbornJob.run");
        assertThat(halts).containsExactly(130);
        flush.end();
        stuck.awaitDone();
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
    @DisplayName("C17: a signal at the very moment of a stop is handed on once, halts nothing and hangs nowhere")
    void signalRacesStop() throws Exception {
        for (int round = 0; round < 50; round++) {
            RecordingSignals installed = new RecordingSignals("TERM");
            GracefulManager stopped = managerOn(installed);
            AtomicInteger runs = new AtomicInteger();
            stopped.addShutdownJob("flush", context -> runs.incrementAndGet());
            Signals.Handler handler = Objects.requireNonNull(installed.handlers.get("TERM"));
            CompletableFuture<@Nullable Void> handedOn = new CompletableFuture<>();
            CyclicBarrier together = new CyclicBarrier(2);
            Thread closing = new Thread(() -> {
                meet(together);
                stopped.close();
            });
            closing.start();

            meet(together);
            handler.handle(15, handOnTo(handedOn));
            Waiting.forResult(handedOn);
            closing.join();

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

    private static Signals.Previous handOnTo(CompletableFuture<@Nullable Void> handedOn) {
        return new Signals.Previous() {
            @Override
            public boolean isManager() {
                return false;
            }

            @Override
            public void handle() {
                if (!handedOn.complete(null)) {
                    throw new AssertionError("Handed on twice");
                }
            }
        };
    }

    @Test
    @DisplayName("C17: SIGTSTP is only recorded")
    void stopSignalChangesNothing() {
        RecordingLog log = new RecordingLog();
        GracefulManager recording = GracefulManager.builder()
                .signalHandlers(signals)
                .hooks(hooks)
                .logger(log.logger())
                .build();

        signals.raise("TSTP", 20);

        assertThat(recording.state()).isEqualTo(ManagerState.STARTED);
        assertThat(log.lines(Level.INFO)).containsExactly("Received SIGTSTP, which changes nothing");
        recording.close();
        manager.close();
    }

    @Test
    @DisplayName("C17: handlers and hook are removed when the manager is closed")
    void handlersAreRemovedOnClose() {
        assertThat(signals.handlers).containsOnlyKeys("TERM", "INT", "TSTP");
        assertThat(hooks.hooks).hasSize(1);

        manager.close();

        assertThat(signals.handlers).isEmpty();
        assertThat(hooks.hooks).isEmpty();
    }

    @Test
    @DisplayName("C17: where signals can't be handled, the JVM's hook is left")
    void hookIsLeftWithoutSignals() throws Exception {
        RecordingHooks exiting = new RecordingHooks();
        GracefulManager plain = GracefulManager.builder()
                .signalHandlers(new RecordingSignals())
                .hooks(exiting)
                .build();

        exiting.exit();

        assertThat(plain.awaitDone().reason()).isEqualTo(ShutdownReason.jvmExit());
        manager.close();
    }

    @Test
    @DisplayName("C17: a manager without signals installs no handler")
    void noHandlerWithoutSignals() {
        RecordingSignals unused = new RecordingSignals("TERM", "INT", "TSTP");

        GracefulManager quiet = GracefulManager.builder()
                .signalHandlers(unused)
                .hooks(hooks)
                .signals(false)
                .build();

        assertThat(unused.handlers).isEmpty();
        quiet.close();
        manager.close();
    }
}
