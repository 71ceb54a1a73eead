package io.github.graceful4j;

import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The one way a shutdown goes, after it was requested: phase after phase, highest first, then the report.
 *
 * <p>Thread-safe: {@code report} is guarded by {@code this}, which is held while phases stop, so that two callers stop
 * them one after the other.
 */
final class ShutdownSequence {

    private static final Duration LISTENERS_CATCH_UP = Duration.ofSeconds(1);

    private final JobRegistry registry;
    private final JobServices services;
    private final GracePeriod gracePeriod;
    private final WorkDrain work;
    private final ShutdownCourse course;
    private final ShutdownLog log;
    private @Nullable ShutdownReport report;

    ShutdownSequence(
            JobRegistry registry,
            JobServices services,
            GracePeriod gracePeriod,
            WorkDrain work,
            ShutdownCourse course,
            ShutdownLog log) {
        this.registry = registry;
        this.services = services;
        this.gracePeriod = gracePeriod;
        this.work = work;
        this.course = course;
        this.log = log;
    }

    /** Stops all phases down to {@code lowest} that have not been stopped yet. */
    synchronized void stopDownTo(ShutdownRequest request, int lowest) {
        for (OptionalInt phase = registry.takeHighestPhase(lowest);
                phase.isPresent();
                phase = registry.takeHighestPhase(lowest)) {
            course.stopped(new PhaseStop(phase.getAsInt(), request, registry, services, gracePeriod, work).run());
        }
    }

    /** Stops all phases that are left, and returns what came of the shutdown. */
    synchronized ShutdownReport finish(ShutdownRequest request) {
        ShutdownReport before = report;
        if (before != null) {
            return before;
        }
        stopDownTo(request, Integer.MIN_VALUE);
        work.finish(request.deadline());
        services.listeners().awaitDelivery(catchUp());
        ShutdownReport now = reportOn(request);
        report = now;
        log.ended(now);
        services.listeners().notify(listener -> listener.shutdownEnded(now));
        services.listeners().awaitDelivery(catchUp());
        services.listeners().close();
        return now;
    }

    private Deadline catchUp() {
        return Deadline.after(LISTENERS_CATCH_UP, services.ticker());
    }

    private ShutdownReport reportOn(ShutdownRequest request) {
        List<PhaseResult> phases = course.phases();
        long now = services.ticker().read();
        return new ShutdownReport(
                request.reason(),
                request.began(),
                request.since(now),
                request.gracePeriod(),
                course.drain(now),
                outcome(phases),
                phases,
                services.errors().snapshot());
    }

    private ShutdownOutcome outcome(List<PhaseResult> phases) {
        ShutdownOutcome worst = work.isTimedOut() ? ShutdownOutcome.TIMED_OUT : ShutdownOutcome.CLEAN;
        for (JobResult job : phases.stream()
                .map(PhaseResult::jobs)
                .flatMap(Collection::stream)
                .toList()) {
            ShutdownOutcome next = outcomeOf(job.outcome());
            worst = next.compareTo(worst) > 0 ? next : worst;
        }
        return worst;
    }

    private static ShutdownOutcome outcomeOf(JobOutcome outcome) {
        return switch (outcome) {
            case COMPLETED, SKIPPED -> ShutdownOutcome.CLEAN;
            case FAILED -> ShutdownOutcome.FAILED;
            case INTERRUPTED, ABANDONED, TIMED_OUT -> ShutdownOutcome.TIMED_OUT;
        };
    }
}
