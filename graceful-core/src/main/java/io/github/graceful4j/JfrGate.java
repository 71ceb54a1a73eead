package io.github.graceful4j;

import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import java.time.Duration;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Leads to {@link JfrLog} once the recorder is in use. Until then no event class is loaded, which would take longer
 * than everything else that this library does while a program starts.
 *
 * <p>Thread-safe: the fields are volatile, and it does not matter which of several logs is kept.
 */
final class JfrGate implements FlightLog {

    private final boolean silent;
    private final Mark unbegun = this::endedUnbegun;
    private volatile @Nullable FlightLog opened;

    JfrGate(boolean silent) {
        this.silent = silent;
    }

    private @Nullable FlightLog log() {
        FlightLog log = opened;
        if (log == null && FlightRecorder.isInitialized()) {
            log = new JfrLog(silent);
            opened = log;
        }
        return log;
    }

    @Override
    public Mark jobBegan() {
        FlightLog log = log();
        return log == null ? unbegun : log.jobBegan();
    }

    private void endedUnbegun(JobResult result, int phase) {
        FlightLog log = log();
        if (log != null) {
            log.jobBegan().ended(result, phase);
        }
    }

    @Override
    public ShutdownListener newListener() {
        return new Listener();
    }

    private final class Listener implements ShutdownListener {

        private volatile @Nullable ShutdownListener behind;

        private void tell(Consumer<ShutdownListener> event) {
            FlightLog log = log();
            if (log == null) {
                return;
            }
            ShutdownListener listener = behind;
            if (listener == null) {
                listener = log.newListener();
                behind = listener;
            }
            event.accept(listener);
        }

        @Override
        public void shutdownBegan(ShutdownReason reason, Duration gracePeriod) {
            tell(listener -> listener.shutdownBegan(reason, gracePeriod));
        }

        @Override
        public void phaseBegan(int phase) {
            tell(listener -> listener.phaseBegan(phase));
        }

        @Override
        public void phaseEnded(PhaseResult result) {
            tell(listener -> listener.phaseEnded(result));
        }

        @Override
        public void shutdownEnded(ShutdownReport report) {
            tell(listener -> listener.shutdownEnded(report));
        }
    }
}
