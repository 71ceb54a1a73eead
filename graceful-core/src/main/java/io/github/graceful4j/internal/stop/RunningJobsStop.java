package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.Allowance;
import io.github.graceful4j.internal.job.JobRun;
import io.github.graceful4j.internal.job.RunningJob;
import io.github.graceful4j.internal.job.TimeLimit;
import io.github.graceful4j.internal.jvm.FanOut;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

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

    /**
     * Stops those of {@code jobs} that run, and returns when none of them runs or all that do were given up.
     *
     * @return how each of them ended
     */
    Ends stop(List<RunningJob> jobs) {
        if (jobs.isEmpty()) {
            return new Ends(0);
        }
        Stopping stopping = new Stopping(jobs);
        stopping.run();
        return stopping.ends;
    }

    /**
     * Jobs that are being stopped. One object, without lambdas, of which making the first ones takes longer than all
     * else it does; and one pass, on several threads, that looks at each job, since of very many each look takes a
     * while.
     *
     * <p>Thread-safe where several threads meet: {@code open} is atomic and {@code groups} concurrent, {@code recent}
     * is one of these and volatile, and each place of {@code runs} and {@code ends} is written by one thread before it
     * counts down or is joined. All else is confined to the thread that stops.
     */
    private final class Stopping implements BooleanSupplier, TimeLimit, JobRun.Watcher, IntConsumer {

        private final Thread thread = Thread.currentThread();
        private final long began = ticker.read();
        private final List<RunningJob> jobs;
        private final @Nullable JobRun[] runs;
        private final Ends ends;
        private final AtomicInteger open;
        private final Map<Duration, StopGroup> groups = new ConcurrentHashMap<>();
        private volatile @Nullable StopGroup recent;
        private boolean grouped;

        private Stopping(List<RunningJob> jobs) {
            this.jobs = jobs;
            this.runs = new JobRun[jobs.size()];
            this.ends = new Ends(jobs.size());
            this.open = new AtomicInteger(jobs.size());
        }

        private void run() {
            FanOut.system().forEach(jobs.size(), this, onFailure);
            while (!allowance.await(this, this)) {
                groupLate();
                for (StopGroup group : groups.values()) {
                    group.stepIfDue();
                }
            }
        }

        /** Tells one of them to end. */
        @Override
        public void accept(int place) {
            RunningJob job = jobs.get(place);
            JobRun run = job.lastRun();
            if (run == null) {
                ends.wasOver(place, null);
                countDown();
                return;
            }
            runs[place] = run;
            if (!run.stop(groupOf(job), this, place)) {
                ends.wasOver(place, run);
            }
        }

        private StopGroup groupOf(RunningJob job) {
            try {
                return groupOf(job.timeout());
            } catch (Throwable e) {
                // Nobody else will: it was not even told.
                countDown();
                throw e;
            }
        }

        /** Nearly all jobs have the same timeout, most likely. */
        private StopGroup groupOf(Duration timeout) {
            StopGroup last = recent;
            if (last != null && last.timeout().equals(timeout)) {
                return last;
            }
            StopGroup group = groups.get(timeout);
            if (group == null) {
                StopGroup made = new StopGroup(limit, allowance, gracePeriod, timeout, began, ticker, onFailure);
                StopGroup before = groups.putIfAbsent(timeout, made);
                group = before == null ? made : before;
            }
            recent = group;
            return group;
        }

        @Override
        public void runEnded(JobRun run, int place) {
            try {
                ends.ended(place, run);
            } finally {
                countDown();
            }
        }

        private void countDown() {
            if (open.decrementAndGet() == 0) {
                LockSupport.unpark(thread);
            }
        }

        /** The first step is due: nearly all have ended by then, most likely, and no group has to know of these. */
        private void groupLate() {
            if (grouped) {
                return;
            }
            grouped = true;
            for (int place = 0; place < runs.length; place++) {
                JobRun run = runs[place];
                StopGroup group = run == null || run.isEnded()
                        ? null
                        : groups.get(jobs.get(place).timeout());
                if (run != null && group != null) {
                    group.add(run);
                }
            }
        }

        @Override
        public boolean getAsBoolean() {
            return open.get() == 0;
        }

        /** Returns when the next step is due. */
        @Override
        public Deadline deadline() {
            Deadline soonest = Deadline.never(ticker);
            for (StopGroup group : groups.values()) {
                Deadline step = grouped && group.isEmpty() ? null : group.nextStep();
                soonest = step == null ? soonest : soonest.earlier(step);
            }
            return soonest;
        }
    }
}
