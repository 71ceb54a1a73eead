package io.github.graceful4j.spring.lifecycle;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Keeps the close of a context that has no manager, and so no jobs, within the default grace period: phases get no more
 * than what is left of it, and when it is over, the log says what blocks the close. What is not needed for that is left
 * out, as this is a part of how long each such application takes to stop.
 *
 * <p>Thread-safe, as it is immutable.
 */
public final class UnmanagedClose implements Runnable {

    private static final long GRACE_PERIOD = TimeUnit.SECONDS.toMillis(25);

    /** What phases that come after the deadline get, for what stops at once. */
    private static final long FLOOR = 100;

    private static final long INTERVAL = 20;

    private static final String PER_PHASE = "spring.lifecycle.timeout-per-shutdown-phase";

    private static final long DEFAULT_PER_PHASE = TimeUnit.SECONDS.toMillis(30);

    private final ConfigurableApplicationContext context;
    private final Thread closing = Thread.currentThread();
    private final long began = System.nanoTime();
    private final DefaultLifecycleProcessor processor;
    private final long perPhase;

    /**
     * Creates the close that begins now, on the current thread.
     *
     * @param context the context
     */
    public UnmanagedClose(ConfigurableApplicationContext context) {
        this.context = context;
        this.processor = LifecycleProcessors.of(context);
        String configured = context.getEnvironment().getProperty(PER_PHASE);
        this.perPhase = configured == null
                ? DEFAULT_PER_PHASE
                : DurationStyle.detectAndParse(configured).toMillis();
    }

    /**
     * Checks that it will be possible to keep the grace period.
     *
     * @param context the context that starts
     * @throws io.github.graceful4j.spring.failure.MisconfigurationException if it won't
     */
    public static void check(ConfigurableApplicationContext context) {
        LifecycleProcessors.of(context);
    }

    /** Turns readiness off, and watches over the close that goes on. */
    public void begin() {
        shortenTimeouts();
        Thread watchdog = new Thread(this, "graceful-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        Readiness.turnOff(context);
    }

    private long left() {
        return GRACE_PERIOD - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private void shortenTimeouts() {
        processor.setTimeoutPerShutdownPhase(Math.min(perPhase, Math.max(left(), FLOOR)));
    }

    /** Nobody tells when Spring begins to wait for a phase, or when the context is closed, so time is cut in slices. */
    @Override
    public void run() {
        try {
            while (context.isActive() && left() > 0) {
                Thread.sleep(INTERVAL);
                shortenTimeouts();
            }
            if (context.isActive()) {
                BlockedClose.report(context, closing, Duration.ofMillis(GRACE_PERIOD));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
