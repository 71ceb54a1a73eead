package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Keeps the close of a context that has no manager, and so no jobs, within the default grace period: phases get no more
 * than what is left of it, and when it is over, the log says what blocks the close. One that took long says what it
 * waited for. What is not needed is left out: this is a part of how long each such application takes to stop.
 */
public final class UnmanagedClose extends WatchedClose {

    private static final Duration DEFAULT_GRACE_PERIOD = Duration.ofSeconds(25);

    /** Who has an application that is closed in less does not wonder what it waits for. */
    private static final long LONG = 500;

    /** As often is it told in half a second that a close goes on. */
    private static final int TIMES_UNTIL_LONG = 4;

    private final ExitWatch exit;
    private final long gracePeriod;
    private volatile long before;

    /**
     * Creates the close of a context that starts.
     *
     * @param context the context
     * @param exit tells how much of the grace period was over before the close
     * @throws io.github.graceful4j.spring.failure.MisconfigurationException if its phases can't be kept within the
     *     grace period
     */
    public UnmanagedClose(ConfigurableApplicationContext context, ExitWatch exit) {
        this(context, exit, DEFAULT_GRACE_PERIOD);
    }

    UnmanagedClose(ConfigurableApplicationContext context, ExitWatch exit, Duration gracePeriod) {
        super(context);
        this.exit = exit;
        this.gracePeriod = gracePeriod.toMillis();
    }

    /** Turns readiness off, and watches over the close that goes on, on the current thread. */
    @Override
    public void begin() {
        before = exit.elapsed().toMillis();
        watch();
        exit.end();
        new OwnListeners(context()).turnReadinessOff();
        listenersBegin();
    }

    /** All beans are destroyed. */
    public void closed() {
        end();
    }

    @Override
    long left() {
        return gracePeriod - before - sinceBegin();
    }

    @Override
    long leftFor(int phase) {
        return Math.max(left(), FLOOR);
    }

    @Override
    ExitWatch exit() {
        return exit;
    }

    @Override
    long mostForOurs() {
        return leftFor(0);
    }

    @Override
    long longestSleep() {
        return NO_LIMIT;
    }

    @Override
    void beforeDeadline() {}

    @Override
    void atDeadline() {
        logBlocked(gracePeriod);
    }

    @Override
    boolean isWorthTelling(long elapsed) {
        return elapsed + exit.startTook().toMillis() >= LONG;
    }

    @Override
    void tellAgain(long elapsed, int times) {
        if (times == TIMES_UNTIL_LONG) {
            tell(elapsed);
        }
    }

    @Override
    void tell(long elapsed) {
        Duration whole = Duration.ofMillis(before + elapsed);
        String id = String.valueOf(context().getId());
        ShutdownReport nothingButJobs = new ShutdownReport(
                ShutdownReason.contextClosed("application context '" + id + "'"),
                Instant.now().minus(whole),
                whole,
                Duration.ofMillis(gracePeriod),
                Duration.ZERO,
                ShutdownOutcome.CLEAN,
                List.of(),
                List.of());
        CloseLog.closed(id, nothingButJobs.ofWholeClose(whole, true, steps(TimeUnit.MILLISECONDS.toNanos(before))));
    }
}
