package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.spi.PhaseControl;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Tells load balancers that the application is about to stop, and goes on serving until they have heard of it.
 *
 * <p>Thread-safe, as it is immutable.
 */
final class Drain {

    private static final Logger logger = LoggerFactory.getLogger(Drain.class);

    private final ConfigurableApplicationContext context;
    private final PhaseControl control;
    private final Duration delay;
    private final Supplier<Duration> atMost;

    /**
     * Creates a drain.
     *
     * @param delay how long it takes; zero for no longer than it takes to turn readiness off
     * @param atMost tells how much time there is when it begins
     */
    Drain(ConfigurableApplicationContext context, PhaseControl control, Duration delay, Supplier<Duration> atMost) {
        this.context = context;
        this.control = control;
        this.delay = delay;
        this.atMost = atMost;
    }

    /** Drains, on the thread that closes the context, so that nothing is stopped meanwhile. */
    void run() {
        new OwnListeners(context).turnReadinessOff();
        Duration most = atMost.get();
        Duration wait = delay.compareTo(most) < 0 ? delay : most;
        if (wait.compareTo(Duration.ZERO) > 0) {
            DrainNotices notices = DrainNotices.send(context);
            logger.info("Readiness is off; serving goes on for {} ms before anything is stopped", wait.toMillis());
            control.drain(wait);
            notices.sayWhoIsLate(wait);
        }
    }
}
