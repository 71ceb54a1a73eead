package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.spi.PhaseControl;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Keeps the grace period of a context that is told to close while it starts. Spring waits for the start without a limit
 * and says nothing meanwhile; so this says what is going on, runs the jobs in time if there are any by then, and at the
 * deadline says what blocks the start.
 *
 * <p>Runs on a daemon thread of its own, which nothing waits for.
 */
final class ExitDuringStart implements Runnable {

    private static final Logger logger = LoggerFactory.getLogger(ExitDuringStart.class);

    /** They keep their time themselves; this is a net below that. */
    private static final Duration MOST_FOR_JOBS = Duration.ofSeconds(10);

    private final ExitWatch watch;
    private final ConfigurableApplicationContext context;
    private final Thread starting;
    private final ShutdownReason reason;
    private final Function<ConfigurableApplicationContext, CloseSettings> settings;

    /**
     * Creates it.
     *
     * @param watch tells when the start is over, and whether there is a manager
     * @param starting the thread that starts the context
     * @param reason why the JVM exits
     * @param settings tells how the close of a context goes
     */
    ExitDuringStart(
            ExitWatch watch,
            ConfigurableApplicationContext context,
            Thread starting,
            ShutdownReason reason,
            Function<ConfigurableApplicationContext, CloseSettings> settings) {
        this.watch = watch;
        this.context = context;
        this.starting = starting;
        this.reason = reason;
        this.settings = settings;
    }

    @Override
    public void run() {
        CloseSettings asked = settings.apply(context);
        Duration gracePeriod = asked.gracePeriod();
        boolean limited = gracePeriod.compareTo(Deadline.UNLIMITED) < 0;
        logger.info(
                "Application context '{}' is to close while it starts ({}), and closes when its start is over; {}",
                context.getId(),
                reason,
                limited ? "its grace period of " + gracePeriod.toMillis() + " ms has begun" : "there is no time limit");
        lookAtStart();
        beginShutdown();
        watch.keepReports();
        try {
            if (limited) {
                watchUntil(gracePeriod, asked);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAtStart() {
        try {
            watch.startedThen(BlockedStart.beansIn(context.getBeanFactory(), starting.getStackTrace()));
        } catch (RuntimeException | Error e) {
            logger.debug("Can't say what application context '{}' starts", context.getId(), e);
        }
    }

    private void watchUntil(Duration gracePeriod, CloseSettings asked) throws InterruptedException {
        Duration lastCall = gracePeriod.minus(asked.reserve().dividedBy(2));
        if (watch.awaitStarted(lastCall) || !context.isActive()) {
            return;
        }
        PhaseControl control = beginShutdown();
        if (control != null) {
            control.finish();
        }
        if (watch.awaitStarted(gracePeriod) || !context.isActive()) {
            return;
        }
        try {
            BlockedStart.report(context, starting, gracePeriod, reason);
            if (!watch.keepReports()) {
                asked.deathDuringStart().run();
            }
        } catch (RuntimeException | Error e) {
            logger.error("Can't say what application context '{}' starts", context.getId(), e);
        } finally {
            haltIfAsked(asked.haltExitCode());
        }
    }

    /** Begins the shutdown of the manager, if there is one by now, with what is left of the grace period. */
    private @Nullable PhaseControl beginShutdown() {
        GracefulManager manager = watch.manager();
        if (manager == null) {
            return null;
        }
        PhaseControl control = manager.phaseControl();
        control.begin(reason, watch.sinceExit()); // to the moment, as the close counts it, too
        return control;
    }

    private void haltIfAsked(@Nullable Integer exitCode) throws InterruptedException {
        if (exitCode == null) {
            return;
        }
        try {
            GracefulManager manager = watch.manager();
            if (manager != null && manager.requestedShutdown() != null) {
                manager.awaitDone(MOST_FOR_JOBS);
            }
            logger.error("The process is halted with exit code {}, as 'graceful.halt.exit-code' asks for", exitCode);
        } catch (TimeoutException e) {
            logger.error("The process is halted with exit code {}, though its jobs are not over", exitCode);
        } finally {
            Runtime.getRuntime().halt(exitCode);
        }
    }
}
