package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.Allowance;
import io.github.graceful4j.internal.job.RunningJob;
import io.github.graceful4j.internal.job.ShutdownJob;
import io.github.graceful4j.internal.job.ShutdownRequest;
import io.github.graceful4j.internal.job.TimeLimit;
import io.github.graceful4j.internal.observe.Observers;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Stops one phase: first all its running jobs and work sources, then its shutdown jobs. Confined to the thread that
 * calls it.
 */
final class PhaseStop implements TimeLimit {

    /** What a source gets that is told when no time is left, to say at least that nothing is under way. */
    private static final Duration FOR_SOURCES = Duration.ofMillis(100);

    private final int phase;
    private final Allowance allowance;
    private final boolean runsShutdownJobs;
    private final JobRegistry registry;
    private final Observers observers;
    private final Ticker ticker;
    private final GracePeriod gracePeriod;
    private final WorkDrain work;
    private final long began;
    private boolean reserves;
    private boolean hasSources;

    PhaseStop(
            int phase,
            ShutdownRequest request,
            JobRegistry registry,
            Observers observers,
            Ticker ticker,
            GracePeriod gracePeriod,
            WorkDrain work) {
        this.phase = phase;
        this.allowance = request.allowance();
        this.runsShutdownJobs = request.runsShutdownJobs();
        this.registry = registry;
        this.observers = observers;
        this.ticker = ticker;
        this.gracePeriod = gracePeriod;
        this.work = work;
        this.began = ticker.read();
    }

    PhaseResult run() {
        observers.phaseBegan(phase);
        List<RunningJob> sources = registry.sources(phase);
        List<RunningJob> running = withSources(registry.runningJobs(phase), sources);
        List<ShutdownJob> shutdown = registry.shutdownJobs(phase);
        if (!runsShutdownJobs) {
            for (ShutdownJob job : shutdown) {
                job.remove();
            }
        }
        reserves = runsShutdownJobs && registry.hasShutdownJobs(phase);
        hasSources = !sources.isEmpty();
        work.begin(phase, !shutdown.isEmpty());
        Consumer<Throwable> failures = observers.errors().of("phase " + phase, RecordedError.Source.SHUTDOWN);
        Ends ends = new RunningJobsStop(ticker, gracePeriod, allowance, this, failures).stop(running);
        reportBusySources(running);
        work.await(allowance, this);
        ShutdownJobsRun shutdownRun = new ShutdownJobsRun(shutdown, ticker, allowance);
        shutdownRun.run();
        PhaseResult result = result(running, ends, shutdown, shutdownRun.waitedFor());
        observers.phaseEnded(result);
        return result;
    }

    /** What stops a work source begins now, to be told to end together with the running jobs. */
    private static List<RunningJob> withSources(List<RunningJob> running, List<RunningJob> sources) {
        if (sources.isEmpty()) {
            return running;
        }
        List<RunningJob> all = new ArrayList<>(running);
        for (RunningJob source : sources) {
            source.start();
            all.add(source);
        }
        return all;
    }

    private void reportBusySources(List<RunningJob> stopped) {
        for (int i = stopped.size() - 1; i >= 0 && stopped.get(i).kind() == JobKind.SOURCE; i--) {
            RunningJob source = stopped.get(i);
            SourceStop stop = registry.sourceStop(source.name());
            if (source.outcome() == JobOutcome.ABANDONED && stop != null) {
                String problem = "Work source '" + source.name() + "' still had " + stop.underWay()
                        + " under way when its time was up";
                observers
                        .errors()
                        .add(source.name(), RecordedError.Source.WORK_IN_FLIGHT, new TimeoutException(problem));
                observers.log().warn("{}; it is not waited for any more", problem);
            }
        }
    }

    /**
     * Returns when running jobs are given up: early enough to leave the reserve, if that is kept. A phase that comes
     * late may still use one interrupt lead of it, or it could only interrupt; and one with sources, a moment beyond
     * the end.
     */
    @Override
    public Deadline deadline() {
        Deadline end = allowance.deadline();
        if (end.isNever()) {
            return end;
        }
        Deadline limit = reserves ? beforeReserve(end) : end;
        return hasSources ? limit.later(Deadline.after(began, FOR_SOURCES, ticker)) : limit;
    }

    private Deadline beforeReserve(Deadline end) {
        Duration allowed = allowance.total();
        Deadline reserved = end.minus(gracePeriod.reserveOf(allowed));
        Deadline soonest = Deadline.after(allowance.since(began), gracePeriod.leadOf(allowed), ticker);
        return reserved.later(soonest.earlier(end));
    }

    private PhaseResult result(
            List<RunningJob> running, Ends ends, List<ShutdownJob> shutdown, List<ShutdownJob> waitedFor) {
        List<JobResult> blame = new ArrayList<>();
        RunningJob slowest = null;
        long most = 0;
        for (int i = 0; i < running.size(); i++) {
            long wellAfter = ends.wellAfter(i);
            long elapsed = wellAfter == Ends.NOT_WELL ? running.get(i).elapsedNanos() : wellAfter;
            if (elapsed > most) {
                most = elapsed;
                slowest = running.get(i);
            }
            if (ends.wasOver(i)) {
                running.get(i).passedOver();
            }
        }
        if (slowest != null) {
            blame.add(slowest.result());
        }
        for (ShutdownJob job : waitedFor) {
            blame.add(job.result());
        }
        JobListing listing = new JobListing(running, ends, shutdown);
        Duration at = allowance.at(began);
        return new PhaseResult(
                phase, at, allowance.at(ticker.read()).minus(at), listing.listed(), listing.omitted(), blame);
    }
}
