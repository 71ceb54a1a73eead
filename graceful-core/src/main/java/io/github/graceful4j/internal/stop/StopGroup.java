package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.Allowance;
import io.github.graceful4j.internal.job.JobRun;
import io.github.graceful4j.internal.job.TimeLimit;
import io.github.graceful4j.internal.jvm.FanOut;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * When runs with the same timeout, which were told to end together, are given up; and what is done to those that are
 * late until then: they are interrupted, then given up.
 *
 * <p>Thread-safe where several threads meet: the limit depends on nothing that changes but the allowance. All else is
 * confined to the thread that stops.
 */
final class StopGroup implements TimeLimit {

    /** A stack trace takes time of the very thread that is waited for, so not every thread is asked for one. */
    static final int MOST_LOCATED = 100;

    private enum Step {
        INTERRUPT,
        GIVE_UP,
        NONE
    }

    private final TimeLimit stopLimit;
    private final Allowance allowance;
    private final GracePeriod gracePeriod;
    private final Duration timeout;
    private final Deadline own;
    private final List<JobRun> late = new ArrayList<>(0);
    private final Consumer<Throwable> onFailure;
    private Step next = Step.INTERRUPT;
    private Deadline planned;
    private Deadline interruption;

    /**
     * Creates a group without runs.
     *
     * @param stopLimit when running jobs without a shorter timeout are given up
     * @param timeout how long each may take to end
     * @param began from when on, by {@code ticker}
     */
    StopGroup(
            TimeLimit stopLimit,
            Allowance allowance,
            GracePeriod gracePeriod,
            Duration timeout,
            long began,
            Ticker ticker,
            Consumer<Throwable> onFailure) {
        this.stopLimit = stopLimit;
        this.allowance = allowance;
        this.gracePeriod = gracePeriod;
        this.timeout = timeout;
        this.own = Deadline.after(began, timeout, ticker);
        this.onFailure = onFailure;
        this.planned = Deadline.never(ticker);
        this.interruption = planned;
    }

    Duration timeout() {
        return timeout;
    }

    @Override
    public Deadline deadline() {
        return own.earlier(stopLimit.deadline());
    }

    /** Adds a run that may be late. */
    void add(JobRun run) {
        late.add(run);
    }

    /** Returns whether all runs that may have been late have ended. */
    boolean isEmpty() {
        late.removeIf(JobRun::isEnded);
        return late.isEmpty();
    }

    /** Returns when something has to be done to those that have not ended by then; {@code null} if nothing has. */
    @Nullable
    Deadline nextStep() {
        plan();
        if (next == Step.NONE) {
            return null;
        }
        return next == Step.INTERRUPT ? interruption : planned;
    }

    /** Nothing was planned yet, or the allowance has been shortened. */
    private void plan() {
        Deadline now = deadline();
        if (now.compareTo(planned) != 0) {
            planned = now;
            interruption = interruptionBefore(now);
        }
    }

    private Deadline interruptionBefore(Deadline limit) {
        if (limit.isNever()) {
            return limit;
        }
        Duration lead = gracePeriod.leadOf(own.isBefore(stopLimit.deadline()) ? timeout : allowance.total());
        // Where little time is left, a job that heeds its cancellation still gets some before it is interrupted.
        Duration half = limit.remaining().dividedBy(2);
        return limit.minus(half.compareTo(lead) < 0 ? half : lead);
    }

    /** Does the next step, if it is time for it. */
    void stepIfDue() {
        Deadline when = nextStep();
        if (when == null || !when.hasPassed()) {
            return;
        }
        if (next == Step.INTERRUPT) {
            next = Step.GIVE_UP;
            toAll(JobRun::interrupt);
        } else {
            next = Step.NONE;
            toAll(JobRun::giveUp);
        }
    }

    /** Does something to each that has not ended, to most of them without asking first where it is. */
    private void toAll(LocatingAction action) {
        List<JobRun> runs = late.stream().filter(run -> !run.isEnded()).toList();
        int located = Math.min(MOST_LOCATED, runs.size());
        runs.subList(0, located).forEach(run -> action.accept(run, true));
        FanOut.system().forEach(runs.size() - located, i -> action.accept(runs.get(located + i), false), onFailure);
    }

    @FunctionalInterface
    private interface LocatingAction {

        void accept(JobRun run, boolean locates);
    }
}
