package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.Allowance;
import io.github.graceful4j.internal.job.ShutdownRequest;
import io.github.graceful4j.internal.observe.Observers;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The one way a shutdown goes, after it was requested: phase after phase, highest first, then the report.
 *
 * <p>Thread-safe: {@code report} is guarded by {@code this}, which is held while phases stop, so that two callers stop
 * them one after the other. What is asked for in between, the phases so far and the drain, is in a synchronized list
 * and a volatile field.
 */
final class ShutdownSequence {

    private static final Duration TO_CATCH_UP = Duration.ofSeconds(1);

    /** What listeners and the log get even when nothing is left. */
    private static final Duration TO_CATCH_UP_LATE = Duration.ofMillis(100);

    private final JobRegistry registry;
    private final Observers observers;
    private final Ticker ticker;
    private final GracePeriod gracePeriod;
    private final WorkDrain work;
    private final List<PhaseResult> phases = Collections.synchronizedList(new ArrayList<>());
    private volatile Drain drain = new Drain(Duration.ZERO, OptionalLong.empty());
    private volatile boolean failed;
    private @Nullable ShutdownReport report;

    /** For how long nothing was stopped yet, without what goes on since a tick. */
    private record Drain(Duration before, OptionalLong since) {

        private Duration at(long tick) {
            return since.isEmpty() ? before : before.plusNanos(tick - since.getAsLong());
        }
    }

    ShutdownSequence(
            JobRegistry registry, Observers observers, Ticker ticker, GracePeriod gracePeriod, WorkDrain work) {
        this.registry = registry;
        this.observers = observers;
        this.ticker = ticker;
        this.gracePeriod = gracePeriod;
        this.work = work;
    }

    void drainBegan(long tick) {
        drain = new Drain(drain.before(), OptionalLong.of(tick));
    }

    void drainEnded(long tick) {
        drain = new Drain(drain.at(tick), OptionalLong.empty());
    }

    /** Returns for how long nothing was stopped yet. */
    Duration drained() {
        return drain.at(ticker.read());
    }

    /** Returns the phases that have stopped, in the order in which they did. */
    List<PhaseResult> phases() {
        return List.copyOf(phases);
    }

    /** Stops all phases down to {@code lowest} that have not been stopped yet. */
    synchronized void stopDownTo(ShutdownRequest request, int lowest) {
        for (OptionalInt phase = registry.takeHighestPhase(lowest);
                phase.isPresent();
                phase = registry.takeHighestPhase(lowest)) {
            stop(request, phase.getAsInt());
        }
    }

    /** One phase that can't be stopped, for whatever reason, must not keep the others from their turn. */
    private void stop(ShutdownRequest request, int phase) {
        try {
            phases.add(new PhaseStop(phase, request, registry, observers, ticker, gracePeriod, work).run());
        } catch (Throwable e) {
            fail("phase " + phase, e);
        }
    }

    private void fail(String what, Throwable thrown) {
        failed = true;
        observers.errors().add(what, RecordedError.Source.SHUTDOWN, thrown);
        observers.log().error("Stopping {} failed", what, thrown);
    }

    /** Stops all phases that are left, and returns what came of the shutdown. */
    synchronized ShutdownReport finish(ShutdownRequest request) {
        ShutdownReport before = report;
        if (before != null) {
            return before;
        }
        Allowance allowance = request.allowance();
        try {
            stopDownTo(request, Integer.MIN_VALUE);
            work.finish(allowance);
            observers.catchUp(timeToCatchUp(allowance));
        } catch (Throwable e) {
            fail("the manager", e);
        }
        ShutdownReport now = reportOn(request);
        report = now;
        observers.shutdownEnded(now);
        observers.catchUp(timeToCatchUp(allowance));
        observers.close();
        return now;
    }

    private Deadline timeToCatchUp(Allowance allowance) {
        Deadline atLeast = Deadline.after(TO_CATCH_UP_LATE, ticker);
        return Deadline.after(TO_CATCH_UP, ticker).earlier(allowance.deadline().later(atLeast));
    }

    private ShutdownReport reportOn(ShutdownRequest request) {
        return new ShutdownReport(
                request.reason(),
                request.began(),
                request.allowance().at(ticker.read()),
                request.gracePeriod(),
                drained(),
                outcome(),
                phases,
                observers.errors().snapshot());
    }

    private ShutdownOutcome outcome() {
        ShutdownOutcome worst = failed ? ShutdownOutcome.FAILED : ShutdownOutcome.CLEAN;
        if (work.isTimedOut()) {
            worst = ShutdownOutcome.TIMED_OUT;
        }
        for (PhaseResult phase : phases) {
            for (JobResult job : phase.jobs()) {
                ShutdownOutcome next = outcomeOf(job.outcome());
                worst = next.compareTo(worst) > 0 ? next : worst;
            }
        }
        return worst;
    }

    private static ShutdownOutcome outcomeOf(JobOutcome outcome) {
        if (outcome == JobOutcome.COMPLETED || outcome == JobOutcome.SKIPPED) {
            return ShutdownOutcome.CLEAN;
        }
        return outcome == JobOutcome.FAILED ? ShutdownOutcome.FAILED : ShutdownOutcome.TIMED_OUT;
    }
}
