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

    private volatile @Nullable JfrLog opened;

    private @Nullable JfrLog log() {
        JfrLog log = opened;
        if (log == null && FlightRecorder.isInitialized()) {
            log = new JfrLog();
            opened = log;
        }
        return log;
    }

    @Override
    public boolean isOpen() {
        return log() != null;
    }

    @Override
    public @Nullable Object jobBegan() {
        JfrLog log = log();
        return log == null ? null : log.jobBegan();
    }

    @Override
    public void jobEnded(@Nullable Object begun, JobResult result, int phase) {
        JfrLog log = log();
        if (log != null) {
            log.jobEnded(begun, result, phase);
        }
    }

    @Override
    public void shutdownBegan() {
        JfrLog log = log();
        if (log != null) {
            log.shutdownBegan();
        }
    }

    @Override
    public void phaseBegan() {
        JfrLog log = log();
        if (log != null) {
            log.phaseBegan();
        }
    }

    @Override
    public void phaseEnded(PhaseResult result) {
        JfrLog log = log();
        if (log != null) {
            log.phaseEnded(result);
        }
    }

    @Override
    public void shutdownEnded(ShutdownReport report) {
        JfrLog log = log();
        if (log != null) {
            log.shutdownEnded(report);
        }
    }
}
