package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.spi.SignalHandler;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes contexts at SIGTERM, and then has the JVM exit: with the exit code that they ask for if all of them were
 * closed cleanly and in time, and else as it would have without this. The code of a JVM that exits can't be changed any
 * more, so the contexts have to be closed before; nothing is halted, and all hooks of the JVM run to their end.
 *
 * <p>On a thread that keeps the process alive until then.
 */
final class SigtermExit implements Runnable {

    /** The signal that this is about. */
    static final String SIGNAL = "SIGTERM";

    private static final Logger logger = LoggerFactory.getLogger(SigtermExit.class);

    /** What a close takes that has its jobs end at the deadline. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final List<SignalledContext> contexts;
    private final SignalHandler.Arrival arrival;

    private SigtermExit(List<SignalledContext> contexts, SignalHandler.Arrival arrival) {
        this.contexts = contexts;
        this.arrival = arrival;
    }

    /** Begins, or hands the signal on at once if nobody asks for an exit code. */
    static void begin(List<SignalledContext> told, SignalHandler.Arrival arrival) {
        List<SignalledContext> asking = new ArrayList<>();
        told.stream().filter(SignalledContext::hasExitCode).forEach(asking::add);
        if (asking.isEmpty()) {
            arrival.handOn();
            return;
        }
        Collections.reverse(asking); // children before their parents
        Thread thread = new Thread(new SigtermExit(asking, arrival), "graceful-" + SIGNAL);
        thread.setDaemon(false);
        thread.start();
    }

    @Override
    public void run() {
        Integer exitCode = closeInTime() && contexts.stream().allMatch(SignalledContext::isClosedCleanly)
                ? contexts.get(contexts.size() - 1).settings().sigtermExitCode()
                : null;
        if (exitCode == null) {
            arrival.handOn();
        } else {
            Runtime.getRuntime().exit(exitCode);
        }
    }

    /** Closes all, and returns whether that was over in time. */
    private boolean closeInTime() {
        Duration limit = contexts.stream()
                .map(each -> each.manager().gracePeriod())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        Thread closing = new Thread(this::closeAll, "graceful-close");
        closing.setDaemon(true);
        closing.setContextClassLoader(contexts.get(0).context().getClassLoader());
        closing.start();
        try {
            closing.join(
                    limit.compareTo(Deadline.UNLIMITED) < 0 ? limit.plus(MARGIN).toMillis() : 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !closing.isAlive();
    }

    private void closeAll() {
        for (SignalledContext each : contexts) {
            try {
                each.context().close();
            } catch (RuntimeException e) {
                logger.warn(
                        "Application context '{}' could not be closed",
                        each.context().getId(),
                        e);
            }
        }
    }
}
