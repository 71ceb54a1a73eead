package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.Allowance;
import io.github.graceful4j.internal.job.JobRun;
import io.github.graceful4j.internal.job.RunningJob;
import io.github.graceful4j.internal.job.TimeLimit;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Stops running jobs: cancels all together, then waits for them, interrupts those that are late, and gives up those
 * that do not end even then. Immutable and thread-safe.
 *
 * @param allowance how long the whole shutdown, or the pause, may take
 * @param limit when jobs without a shorter timeout are given up
 * @param onFailure is told what went wrong with single jobs; does not throw
 */
record RunningJobsStop(
        Ticker ticker, GracePeriod gracePeriod, Allowance allowance, TimeLimit limit, Consumer<Throwable> onFailure) {

    /** Returns what stops jobs within an allowance of their own, which leaves nothing for shutdown jobs. */
    static RunningJobsStop apart(GracePeriod gracePeriod, Ticker ticker, Consumer<Throwable> onFailure) {
        Allowance allowance = new Allowance(gracePeriod.total(), ticker);
        return new RunningJobsStop(ticker, gracePeriod, allowance, allowance, onFailure);
    }

    /** Stops those of {@code jobs} that run, and returns when none of them runs or all that do were given up. */
    void stop(List<RunningJob> jobs) {
        Map<Duration, StopGroup> groups = new LinkedHashMap<>();
        for (RunningJob job : jobs) {
            JobRun run = job.run();
            // Not whether it has ended, which is found out as it is told: of very many, each look takes a while.
            if (run != null) {
                groupOf(job.timeout(), groups).add(run);
            }
        }
        if (!groups.isEmpty()) {
            new Wait(groups.values(), allowance, ticker).run();
        }
    }

    private StopGroup groupOf(Duration timeout, Map<Duration, StopGroup> groups) {
        StopGroup group = groups.get(timeout);
        if (group == null) {
            group = new StopGroup(limit, allowance, gracePeriod, timeout, ticker, onFailure);
            groups.put(timeout, group);
        }
        return group;
    }

    /** What is waited for, which no lambda tells of: making the first ones takes longer than all else it does. */
    private record Wait(Collection<StopGroup> groups, Allowance allowance, Ticker ticker)
            implements BooleanSupplier, TimeLimit {

        private void run() {
            for (StopGroup group : groups) {
                group.cancel();
            }
            while (!allowance.await(this, this)) {
                for (StopGroup group : groups) {
                    group.stepIfDue();
                }
            }
        }

        @Override
        public boolean getAsBoolean() {
            for (StopGroup group : groups) {
                if (!group.isEmpty()) {
                    return false;
                }
            }
            return true;
        }

        /** Returns when the next step is due. */
        @Override
        public Deadline deadline() {
            Deadline soonest = Deadline.never(ticker);
            for (StopGroup group : groups) {
                Deadline step = group.isEmpty() ? null : group.nextStep();
                soonest = step == null ? soonest : soonest.earlier(step);
            }
            return soonest;
        }
    }
}
