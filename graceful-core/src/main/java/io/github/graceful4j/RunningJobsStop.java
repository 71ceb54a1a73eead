package io.github.graceful4j;

import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stops running jobs: cancels all together, then waits for them, interrupts those that are late, and gives up those
 * that do not end even then. Confined to the thread that calls it.
 */
final class RunningJobsStop {

    /** What is done to a group of runs at a moment, if they have not all ended by then. */
    private record Step(Deadline when, List<JobRun> runs, Consumer<JobRun> action) {}

    private final Ticker ticker;
    private final GracePeriod gracePeriod;
    private final Duration allowed;
    private final Deadline deadline;
    private final List<Step> steps = new ArrayList<>();

    /**
     * Prepares to stop jobs.
     *
     * @param allowed how long the whole shutdown may take, which the interrupt lead is a part of
     * @param deadline when jobs without a shorter timeout are given up
     */
    RunningJobsStop(Ticker ticker, GracePeriod gracePeriod, Duration allowed, Deadline deadline) {
        this.ticker = ticker;
        this.gracePeriod = gracePeriod;
        this.allowed = allowed;
        this.deadline = deadline;
    }

    /** Stops those of {@code jobs} that run, and returns when none of them runs or all that do were given up. */
    void stop(List<RunningJob> jobs) {
        Map<Duration, List<JobRun>> byTimeout = jobs.stream()
                .filter(job -> isRunning(job.run()))
                .collect(Collectors.groupingBy(
                        RunningJob::timeout,
                        Collectors.mapping(job -> Objects.requireNonNull(job.run()), Collectors.toList())));
        stop(byTimeout);
    }

    /** Stops one run of a job with a timeout of its own, and returns when it has ended or was given up. */
    void stop(JobRun run, Duration timeout) {
        if (isRunning(run)) {
            stop(Map.of(timeout, List.of(run)));
        }
    }

    private void stop(Map<Duration, List<JobRun>> byTimeout) {
        byTimeout.forEach(this::cancel);
        CompletableFuture<?> allEnded = CompletableFuture.allOf(byTimeout.values().stream()
                .flatMap(List::stream)
                .map(JobRun::ending)
                .toArray(CompletableFuture<?>[]::new));
        steps.sort(Comparator.comparing(Step::when));
        for (Step step : steps) {
            if (step.when().awaitUninterruptibly(allEnded)) {
                return;
            }
            step.runs().forEach(step.action());
        }
        Deadline.never(ticker).awaitUninterruptibly(allEnded);
    }

    private static boolean isRunning(@Nullable JobRun run) {
        return run != null && !run.isEnded();
    }

    private void cancel(Duration timeout, List<JobRun> runs) {
        Deadline limit = deadline;
        Duration lead = gracePeriod.leadOf(allowed);
        if (!timeout.isZero()) {
            Deadline own = Deadline.after(timeout, ticker);
            if (own.isBefore(deadline)) {
                limit = own;
                lead = gracePeriod.leadOf(timeout);
            }
        }
        Deadline told = limit;
        FanOut.system().forEach(runs, run -> run.cancel(told));
        if (!limit.isNever()) {
            lead = atMostHalfOf(limit.remaining(), lead);
            steps.add(new Step(limit.minus(lead), runs, JobRun::interrupt));
            steps.add(new Step(limit, runs, JobRun::giveUp));
        }
    }

    /** Where little time is left, a job that heeds its cancellation still gets some before it is interrupted. */
    private static Duration atMostHalfOf(Duration remaining, Duration lead) {
        Duration half = remaining.dividedBy(2);
        return half.compareTo(lead) < 0 ? half : lead;
    }
}
