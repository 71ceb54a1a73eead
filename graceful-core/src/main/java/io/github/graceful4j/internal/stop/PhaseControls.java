package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.RunningJob;
import io.github.graceful4j.internal.jvm.Relay;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.spi.PhaseControl;
import io.github.graceful4j.spi.SignalHandler;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The only phase control there is.
 *
 * @param coordinator what begins and ends the shutdown
 * @param jobs the jobs of the same manager
 */
public record PhaseControls(ShutdownCoordinator coordinator, JobControls jobs) implements PhaseControl {

    /** Longer than any process runs, and short enough to be counted in ticks. */
    private static final Duration LONGEST_AGO = Duration.ofDays(10_000);

    @Override
    public SortedSet<Integer> phases() {
        return coordinator.registry().phases();
    }

    @Override
    public int defaultPhase(JobKind kind) {
        return jobs.defaultPhase(kind);
    }

    @Override
    public boolean handlesSignals() {
        return coordinator.handlesSignals();
    }

    @Override
    public void start(int phase) {
        coordinator.start(phase);
    }

    @Override
    public CompletableFuture<@Nullable Void> pause(int phase) {
        if (coordinator.request() != null) {
            return CompletableFuture.completedFuture(null);
        }
        List<List<RunningJob>> held = coordinator.registry().holdDownTo(phase);
        RunningJobsStop stop = coordinator.newStop();
        return coordinator.inBackground("graceful-pause", () -> held.forEach(stop::stop));
    }

    @Override
    public boolean begin(ShutdownReason reason, Duration ago) {
        if (Objects.requireNonNull(ago, "ago").isNegative()) {
            throw new IllegalArgumentException("Can't begin a shutdown that was asked for " + ago
                    + " ago: that is in the future. Use a duration of zero or more");
        }
        return coordinator.begin(reason, ago.compareTo(LONGEST_AGO) < 0 ? ago : LONGEST_AGO, true);
    }

    @Override
    public boolean beginWithoutShutdownJobs(ShutdownReason reason) {
        return coordinator.beginWithoutShutdownJobs(reason);
    }

    @Override
    public void drain(Duration delay) {
        coordinator.drain(delay);
    }

    @Override
    public CompletableFuture<@Nullable Void> stop(int phase) {
        return coordinator.stopDownTo(phase);
    }

    @Override
    public CompletableFuture<@Nullable Void> finish() {
        return coordinator.finishInBackground();
    }

    @Override
    public Runnable handleSignal(String name, SignalHandler handler) {
        Objects.requireNonNull(handler, "handler");
        return Relay.install(name, relayed -> handler.arrived(new Arrived(relayed)));
    }

    private record Arrived(Relay.Relayed relayed) implements SignalHandler.Arrival {

        @Override
        public String signal() {
            return relayed.signal();
        }

        @Override
        public int number() {
            return relayed.arrival().number();
        }

        @Override
        public void handOn() {
            relayed.handOn();
        }
    }
}
