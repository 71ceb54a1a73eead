package io.github.graceful4j;

import io.github.graceful4j.report.ShutdownReason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Shuts a manager down at the first SIGTERM or SIGINT, while the JVM is still whole, and ends the process at the
 * second.
 *
 * <p>The first signal is handed on to the JVM, which exits, only when the shutdown is over: so other libraries' JVM
 * hooks, which run side by side, do not close under the jobs what these still use.
 *
 * <p>Thread-safe: {@code signals} is atomic, and {@code undo} guarded by {@code this}.
 */
final class SignalTrap {

    private static final List<String> ENDING = List.of("TERM", "INT");

    /** Stopped by the terminal, a process would not get on with its shutdown; so this one is only logged. */
    private static final String STOPPING = "TSTP";

    private static final int EXIT_CODE_OF_SIGNAL = 128;

    private final Signals signals;
    private final Consumer<ShutdownReason> shutdown;
    private final Runnable awaitDone;
    private final Consumer<String> dump;
    private final IntConsumer halt;
    private final JobThreads threads;
    private final SafeLogger logger;
    private final AtomicInteger received = new AtomicInteger();
    private final Deque<Runnable> undo = new ArrayDeque<>();

    /**
     * Creates a trap that is not set yet.
     *
     * @param shutdown requests the shutdown, without waiting for it
     * @param awaitDone waits until the shutdown is over, and who waited for it has had the time to say so
     * @param dump tells what is still running, under a heading
     * @param halt ends the process at once with an exit code
     * @param threads makes threads that keep the process alive
     */
    SignalTrap(
            Signals signals,
            Consumer<ShutdownReason> shutdown,
            Runnable awaitDone,
            Consumer<String> dump,
            IntConsumer halt,
            JobThreads threads,
            SafeLogger logger) {
        this.signals = signals;
        this.shutdown = shutdown;
        this.awaitDone = awaitDone;
        this.dump = dump;
        this.halt = halt;
        this.threads = threads;
        this.logger = logger;
    }

    synchronized void set() {
        ENDING.forEach(name -> install(name, (number, previous) -> end("SIG" + name, number, previous)));
        install(STOPPING, (number, previous) -> logger.info("Received SIG{}, which changes nothing", STOPPING));
    }

    private void install(String name, Signals.Handler handler) {
        try {
            undo.push(signals.install(name, handler));
        } catch (UnsupportedOperationException e) {
            logger.debug("SIG{} can't be handled here; the JVM's shutdown hook is left", name, e);
        }
    }

    private void end(String name, int number, Signals.Previous previous) {
        if (received.incrementAndGet() > 1) {
            dump.accept("Received " + name + " while shutting down; halting. Still running:");
            halt.accept(EXIT_CODE_OF_SIGNAL + number);
            return;
        }
        shutdown.accept(ShutdownReason.signal(name));
        // On a thread that keeps the process alive: that of the signal does not, and then main could end the process,
        // with an exit code of its own, between the end of the shutdown and the handing on.
        threads.newThread("graceful-" + name, () -> handOn(previous)).start();
    }

    private void handOn(Signals.Previous previous) {
        // The handlers of other managers hand the signal on themselves, and meanwhile all shut down side by side.
        if (!previous.isManager()) {
            awaitDone.run();
        }
        previous.handle();
    }

    synchronized void remove() {
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (UnsupportedOperationException e) {
                logger.debug("A signal handler stays installed", e);
            }
        }
    }
}
