package io.github.graceful4j;

import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Stops one phase: first all its running jobs, then its shutdown jobs. Confined to the thread that calls it. */
final class PhaseStop {

    private final int phase;
    private final ShutdownRequest request;
    private final JobRegistry registry;
    private final JobServices services;
    private final GracePeriod gracePeriod;
    private final WorkDrain work;

    PhaseStop(
            int phase,
            ShutdownRequest request,
            JobRegistry registry,
            JobServices services,
            GracePeriod gracePeriod,
            WorkDrain work) {
        this.phase = phase;
        this.request = request;
        this.registry = registry;
        this.services = services;
        this.gracePeriod = gracePeriod;
        this.work = work;
    }

    PhaseResult run() {
        Ticker ticker = services.ticker();
        Duration began = request.since(ticker.read());
        services.listeners().notify(listener -> listener.phaseBegan(phase));
        List<RunningJob> running = registry.runningJobs(phase);
        List<ShutdownJob> shutdown = registry.shutdownJobs(phase);
        if (!request.runsShutdownJobs()) {
            shutdown.forEach(ShutdownJob::remove);
        }
        Deadline runningDeadline = runningDeadline();
        work.begin(phase, !shutdown.isEmpty());
        new RunningJobsStop(ticker, gracePeriod, request.allowed(), runningDeadline).stop(running);
        work.await(runningDeadline);
        ShutdownJobsRun shutdownRun = new ShutdownJobsRun(shutdown, ticker, request.deadline());
        shutdownRun.run();
        PhaseResult result = new PhaseResult(
                phase,
                began,
                request.since(ticker.read()).minus(began),
                results(running, shutdown),
                criticalPath(running, shutdownRun));
        services.listeners().notify(listener -> listener.phaseEnded(result));
        return result;
    }

    /**
     * Returns when running jobs are given up: early enough to leave the reserve, if there is anything to reserve for. A
     * phase that comes late may still use one interrupt lead of the reserve, or it could only interrupt.
     */
    private Deadline runningDeadline() {
        Deadline end = request.deadline();
        if (end.isNever() || !request.runsShutdownJobs() || !registry.hasShutdownJobs(phase)) {
            return end;
        }
        Deadline reserved = end.minus(gracePeriod.reserveOf(request.allowed()));
        Deadline soonest = Deadline.after(gracePeriod.leadOf(request.allowed()), services.ticker());
        return reserved.later(soonest.earlier(end));
    }

    private static List<JobResult> results(List<RunningJob> running, List<ShutdownJob> shutdown) {
        List<JobResult> results = new ArrayList<>();
        running.forEach(job -> results.add(job.result()));
        shutdown.forEach(job -> results.add(job.result()));
        return results;
    }

    private static List<JobResult> criticalPath(List<RunningJob> running, ShutdownJobsRun shutdownRun) {
        List<JobResult> path = new ArrayList<>();
        running.stream()
                .map(RunningJob::result)
                .filter(result -> !result.elapsed().isZero())
                .max(Comparator.comparing(JobResult::elapsed))
                .ifPresent(path::add);
        shutdownRun.criticalPath().forEach(job -> path.add(job.result()));
        return path;
    }
}
