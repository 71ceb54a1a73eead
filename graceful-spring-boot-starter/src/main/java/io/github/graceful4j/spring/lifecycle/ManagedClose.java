package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.RequestedShutdown;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.report.StepResult;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The close of a context that has a manager: the timeouts that Spring has for each single phase are made to fit the one
 * grace period, so that the jobs still to come have their share; jobs that the closing thread does not come to are run
 * all the same; and what came of the whole close is kept.
 */
final class ManagedClose extends WatchedClose {

    private static final Logger logger = LoggerFactory.getLogger(ManagedClose.class);

    /** A phase that hangs between phases with running jobs must not use up the time of the rest of them. */
    private static final int RUNNING_PART = 5;

    /** As much as what is above the running jobs takes at most, is left for these, unless another limit is set. */
    private static final int PART_BEFORE_JOBS = 2;

    /** The manager keeps its deadline itself, so this is only a net below it. */
    private static final long MARGIN = 10_000;

    /** The deadline may be brought forward. */
    private static final long LONGEST_SLEEP = 250;

    private static final Duration FOR_JOBS = Duration.ofSeconds(1);

    /** As often is it told in half a second that a close goes on. */
    private static final int TIMES_UNTIL_LOGGED = 4;

    /** What hangs for hours has not to be written ten times a second. */
    private static final int MOST_IN_A_ROW = 20;

    private static final List<JobState> UNFINISHED =
            List.of(JobState.STOPPING, JobState.ACTIVE, JobState.BACKING_OFF, JobState.WAITING);

    private final GracefulManager manager;
    private final CloseSettings settings;
    private final ExitWatch exit;
    private final Runnable begin;
    private final Consumer<ShutdownReport> keeper;
    private final IntConsumer halt;
    private int highest = Integer.MIN_VALUE;
    private int lowest = Integer.MIN_VALUE;
    private volatile long offset;
    private volatile long drained;
    private long lowerSources;
    private boolean lastCall;

    /**
     * Prepares for the close of a context that starts.
     *
     * @param settings how it goes
     * @param exit tells how long the close had to wait for the start
     * @param begin begins the close where nothing else did, with {@link #beginNow} and all that goes with it
     * @param keeper is given what came of it, once or several times
     * @param halt ends the process at once, with an exit code
     */
    ManagedClose(
            ConfigurableApplicationContext context,
            GracefulManager manager,
            CloseSettings settings,
            ExitWatch exit,
            Runnable begin,
            Consumer<ShutdownReport> keeper,
            IntConsumer halt) {
        super(context);
        this.manager = manager;
        this.settings = settings;
        this.exit = exit;
        this.begin = begin;
        this.keeper = keeper;
        this.halt = halt;
    }

    /**
     * Takes note of the phases of running jobs and sources, before the close begins.
     *
     * @param sources how many sources there are in phases below the usual one of running jobs
     */
    void runningJobsIn(SortedSet<Integer> phases, long sources) {
        lowest = phases.first();
        highest = phases.last();
        lowerSources = sources;
    }

    @Override
    void begin() {
        begin.run();
    }

    /** Begins to watch over the close that goes on, on the current thread. */
    void beginNow() {
        RequestedShutdown requested = manager.requestedShutdown();
        offset = requested == null
                ? 0
                : Math.max(0, Duration.between(requested.began(), Instant.now()).toNanos());
        watch();
    }

    /** The drain is over: listeners that are not ours hear of the close, and then beans are stopped. */
    void drained() {
        drained = elapsed();
        listenersBegin();
    }

    private Duration remaining() {
        return manager.shutdownContext().remaining();
    }

    @Override
    long left() {
        return millis(remaining());
    }

    private static long millis(Duration duration) {
        return duration.compareTo(Deadline.UNLIMITED) >= 0 ? NO_LIMIT : duration.toMillis();
    }

    @Override
    long leftFor(int phase) {
        Duration left = remaining();
        if (left.compareTo(Deadline.UNLIMITED) < 0) {
            boolean running = isRunningJobLeft();
            left = left.minus(reserved());
            if (running && phase > lowest && phase <= highest) {
                left = left.minus(manager.gracePeriod().dividedBy(RUNNING_PART));
            }
        }
        return Math.max(FLOOR, Math.min(millis(left), leftBeforeJobs(phase)));
    }

    private long leftBeforeJobs(int phase) {
        Duration limit = settings.beforeJobs();
        if (phase <= highest || (limit == null && !isRunningJobLeft())) {
            return NO_LIMIT;
        }
        long most = limit != null ? millis(limit) : defaultBeforeJobs();
        return most == NO_LIMIT ? NO_LIMIT : most - (elapsed() - drained);
    }

    private long defaultBeforeJobs() {
        long whole = millis(manager.gracePeriod());
        return whole == NO_LIMIT
                ? NO_LIMIT
                : (whole
                                - TimeUnit.NANOSECONDS.toMillis(offset)
                                - drained
                                - reserved().toMillis())
                        / PART_BEFORE_JOBS;
    }

    private Duration reserved() {
        return manager.jobCount(JobKind.SHUTDOWN, JobState.WAITING) > 0 ? settings.reserve() : Duration.ZERO;
    }

    /** Returns how long the drain may take before it takes time from the jobs; may be negative. */
    Duration leftForDrain() {
        Duration left = remaining().minus(reserved());
        return isRunningJobLeft() ? left.minus(manager.gracePeriod().dividedBy(RUNNING_PART)) : left;
    }

    /**
     * Returns whether there is work that phases must leave time for: running jobs, and sources that stop with them; not
     * those that stop after these, as the executors do that each application has. It counts, since there may be very
     * many jobs, and this is asked again and again.
     */
    private boolean isRunningJobLeft() {
        return unfinished(JobKind.RUNNING) > 0 || unfinished(JobKind.SOURCE) > lowerSources;
    }

    private long unfinished(JobKind kind) {
        long count = 0;
        for (JobState state : UNFINISHED) {
            count += manager.jobCount(kind, state);
        }
        return count;
    }

    @Override
    ExitWatch exit() {
        return exit;
    }

    @Override
    long mostForOurs() {
        long left = left();
        return left == NO_LIMIT ? NO_LIMIT : Math.max(left, 0) + MARGIN;
    }

    @Override
    long longestSleep() {
        return lastCall ? LONGEST_SLEEP : Math.min(LONGEST_SLEEP, Math.max(1, left() - lastCallAt()));
    }

    private long lastCallAt() {
        return settings.reserve().dividedBy(2).toMillis();
    }

    /** Half a reserve before the deadline, jobs have their turn whatever the closing thread is at. */
    @Override
    void beforeDeadline() {
        if (!lastCall && left() <= lastCallAt()) {
            lastCall = true;
            manager.phaseControl().finish();
        }
    }

    @Override
    void atDeadline() throws InterruptedException {
        try {
            describe();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
        Integer exitCode = settings.haltExitCode();
        if (exitCode != null) {
            halt(exitCode);
        }
    }

    private void describe() {
        if (!lastCall) {
            lastCall = true;
            manager.phaseControl().finish();
        }
        logBlocked(millis(manager.gracePeriod()));
        keep(false, elapsed());
    }

    /** Whatever else fails, the process ends. */
    private void halt(int exitCode) throws InterruptedException {
        try {
            manager.awaitDone(Duration.ofMillis(MARGIN));
            keep(false, elapsed());
            logger.error("The process is halted with exit code {}, as 'graceful.halt.exit-code' asks for", exitCode);
        } catch (RuntimeException | Error | TimeoutException e) {
            failed(e);
        } finally {
            halt.accept(exitCode);
        }
    }

    @Override
    boolean isWorthTelling(long elapsed) {
        return true;
    }

    @Override
    void tell(long elapsed) {
        ShutdownReport whole = keep(true, elapsed);
        if (whole != null) {
            CloseLog.closed(String.valueOf(context().getId()), whole);
        }
    }

    @Override
    void tellAgain(long elapsed, int times) {
        ShutdownReport whole = times <= MOST_IN_A_ROW || times % MOST_IN_A_ROW == 0 ? keep(true, elapsed) : null;
        if (whole != null && times == TIMES_UNTIL_LOGGED) {
            CloseLog.closed(String.valueOf(context().getId()), whole);
        }
    }

    private @Nullable ShutdownReport keep(boolean complete, long elapsed) {
        ShutdownReport ofJobs = report();
        if (ofJobs == null) {
            return null;
        }
        Duration whole = Duration.ofMillis(elapsed).plusNanos(offset);
        ShutdownReport report = ofJobs.ofWholeClose(
                whole.compareTo(ofJobs.elapsed()) > 0 ? whole : ofJobs.elapsed(), complete, stepsBeside(ofJobs));
        keeper.accept(report);
        return report;
    }

    /** The last push is asked to stop while jobs still run, and waits for these before it begins. */
    private List<StepResult> stepsBeside(ShutdownReport jobs) {
        Duration end = Duration.ZERO;
        for (PhaseResult phase : jobs.phases()) {
            Duration over = phase.began().plus(phase.elapsed());
            end = over.compareTo(end) > 0 ? over : end;
        }
        List<StepResult> steps = new ArrayList<>();
        for (StepResult step : steps(offset)) {
            steps.add(step.name().equals(BeanStops.FINAL_PUSH) ? notBefore(end, step) : step);
        }
        return steps;
    }

    private static StepResult notBefore(Duration begin, StepResult step) {
        Duration later = begin.minus(step.began());
        if (later.isNegative()) {
            return step;
        }
        Duration elapsed = step.elapsed().minus(later);
        return new StepResult(
                step.kind(),
                step.name(),
                step.type(),
                step.phase(),
                begin,
                elapsed.isNegative() ? Duration.ZERO : elapsed,
                step.timedOut());
    }

    /** Returns the report of the jobs; {@code null} if these are not over, which they are soon after the deadline. */
    private @Nullable ShutdownReport report() {
        try {
            return manager.awaitDone(FOR_JOBS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
