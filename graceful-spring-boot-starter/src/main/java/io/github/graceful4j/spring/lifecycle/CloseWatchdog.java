package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.spi.PhaseControl;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Keeps the close of a context within the grace period, as far as one thread can do that to another: it shortens the
 * timeouts of phases, runs the jobs itself when the closing thread does not come to it, and at the deadline says what
 * blocks the close.
 *
 * <p>Thread-safe: what changes is confined to the watchdog's own thread.
 */
final class CloseWatchdog {

    private static final Logger logger = LoggerFactory.getLogger(CloseWatchdog.class);

    private static final Duration INTERVAL = Duration.ofMillis(20);

    private final ConfigurableApplicationContext context;
    private final GracefulManager manager;
    private final PhaseControl control;
    private final PhaseTimeouts timeouts;
    private final Duration lastCall;
    private final @Nullable Integer haltExitCode;
    private final IntConsumer halt;

    /**
     * Creates a watchdog.
     *
     * @param timeouts what it shortens
     * @param settings the reserve, and the exit code to halt with
     * @param halt ends the process at once, with an exit code
     */
    CloseWatchdog(
            ConfigurableApplicationContext context,
            GracefulManager manager,
            PhaseTimeouts timeouts,
            CloseSettings settings,
            IntConsumer halt) {
        this.context = context;
        this.manager = manager;
        this.control = manager.phaseControl();
        this.timeouts = timeouts;
        this.lastCall = settings.reserve().dividedBy(2);
        this.haltExitCode = settings.haltExitCode();
        this.halt = halt;
    }

    /**
     * Watches the close that goes on on a thread, if there is a grace period to keep.
     *
     * @param closing the thread that closes the context
     */
    void watch(Thread closing) {
        if (manager.gracePeriod().compareTo(Deadline.UNLIMITED) >= 0) {
            return;
        }
        timeouts.clip();
        Thread watchdog = new Thread(() -> watchUntilOver(closing), "graceful-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }

    private void watchUntilOver(Thread closing) {
        try {
            whileOpenAndMoreLeftThan(lastCall);
            if (context.isActive()) {
                control.finish();
            }
            whileOpenAndMoreLeftThan(Duration.ZERO);
            if (context.isActive()) {
                BlockedClose.report(context, closing, manager.gracePeriod());
                haltIfAsked();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody tells when Spring begins to wait for a phase, or when the context is closed, so time is cut in slices. */
    private void whileOpenAndMoreLeftThan(Duration left) throws InterruptedException {
        while (context.isActive() && manager.shutdownContext().remaining().compareTo(left) > 0) {
            timeouts.clip();
            Thread.sleep(INTERVAL.toMillis());
        }
    }

    /** Whatever hangs, jobs have had their turn before: each shutdown job is sure to be started. */
    private void haltIfAsked() throws InterruptedException {
        Integer exitCode = haltExitCode;
        if (exitCode != null) {
            manager.awaitDone();
            logger.error("The process is halted with exit code {}, as 'graceful.halt.exit-code' asks for", exitCode);
            halt.accept(exitCode);
        }
    }
}
