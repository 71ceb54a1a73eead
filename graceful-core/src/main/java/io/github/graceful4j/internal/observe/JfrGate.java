package io.github.graceful4j.internal.observe;

import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.ShutdownReport;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Leads to {@link JfrLog} once the recorder is in use. Until then no event class is loaded, which would take longer
 * than everything else that this library does while a program starts.
 *
 * <p>Thread-safe: the field is volatile, and it does not matter which of several logs is kept.
 */
final class JfrGate implements FlightLog {

    private final boolean silent;
    private volatile FlightLog opened = FlightLog.none();

    JfrGate(boolean silent) {
        this.silent = silent;
    }

    private FlightLog log() {
        FlightLog log = opened;
        if (!(log instanceof JfrLog) && FlightRecorder.isInitialized()) {
            log = new JfrLog(silent);
            opened = log;
        }
        return log;
    }

    @Override
    public boolean isOpen() {
        return log() instanceof JfrLog;
    }

    @Override
    public @Nullable Object jobBegan() {
        return log().jobBegan();
    }

    @Override
    public void jobEnded(@Nullable Object begun, JobResult result, int phase) {
        log().jobEnded(begun, result, phase);
    }

    @Override
    public void shutdownBegan() {
        log().shutdownBegan();
    }

    @Override
    public void phaseBegan() {
        log().phaseBegan();
    }

    @Override
    public void phaseEnded(PhaseResult result) {
        log().phaseEnded(result);
    }

    @Override
    public void shutdownEnded(ShutdownReport report) {
        log().shutdownEnded(report);
    }
}
