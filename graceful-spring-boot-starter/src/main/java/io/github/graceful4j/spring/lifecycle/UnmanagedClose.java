package io.github.graceful4j.spring.lifecycle;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Keeps the close of a context that has no manager, and so no jobs, within the default grace period: phases get no more
 * than what is left of it, and when it is over, the log says what blocks the close. What can be known before is looked
 * up at the start, where the code that does it is warm, and what is not needed is left out: this is a part of how long
 * each such application takes to stop.
 *
 * <p>Thread-safe: the closing thread writes its fields before it starts the other one that reads them.
 */
public final class UnmanagedClose implements Runnable {

    private static final Duration DEFAULT_GRACE_PERIOD = Duration.ofSeconds(25);

    /** What phases that come after the deadline get, for what stops at once. */
    private static final long FLOOR = 100;

    private static final long INTERVAL = 20;

    private static final String PER_PHASE = "spring.lifecycle.timeout-per-shutdown-phase";

    private static final long DEFAULT_PER_PHASE = TimeUnit.SECONDS.toMillis(30);

    private final ConfigurableApplicationContext context;
    private final long gracePeriod;
    private final DefaultLifecycleProcessor processor;
    private final long perPhase;
    private @Nullable Thread closing;
    private long began;

    /**
     * Creates the close of a context that starts.
     *
     * @param context the context
     * @throws io.github.graceful4j.spring.failure.MisconfigurationException if its phases can't be kept within the
     *     grace period
     */
    public UnmanagedClose(ConfigurableApplicationContext context) {
        this(context, DEFAULT_GRACE_PERIOD);
    }

    UnmanagedClose(ConfigurableApplicationContext context, Duration gracePeriod) {
        this.context = context;
        this.gracePeriod = gracePeriod.toMillis();
        this.processor = LifecycleProcessors.of(context);
        String configured = context.getEnvironment().getProperty(PER_PHASE);
        this.perPhase = configured == null
                ? DEFAULT_PER_PHASE
                : DurationStyle.detectAndParse(configured).toMillis();
    }

    /**
     * Turns readiness off, and watches over the close that goes on, on the current thread.
     *
     * @param elapsed how much of the grace period is over already
     */
    public void begin(Duration elapsed) {
        closing = Thread.currentThread();
        began = System.nanoTime() - elapsed.toNanos();
        shortenTimeouts();
        Thread watchdog = new Thread(this, "graceful-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        Readiness.turnOff(context);
    }

    private long left() {
        return gracePeriod - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
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
            if (context.isActive() && closing != null) {
                BlockedClose.report(context, closing, Duration.ofMillis(gracePeriod));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
