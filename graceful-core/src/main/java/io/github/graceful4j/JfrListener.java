package io.github.graceful4j;

import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import java.time.Duration;

/**
 * Makes events of the phases and the shutdown of one manager.
 *
 * <p>Thread-safe, as a manager has one shutdown, whose phases stop one after the other; the fields are volatile because
 * these may be on different threads.
 */
final class JfrListener implements ShutdownListener {

    private final JfrLog log;
    private volatile JfrShutdownEvent shutdown = new JfrShutdownEvent();
    private volatile JfrPhaseEvent stopping = new JfrPhaseEvent();

    JfrListener(JfrLog log) {
        this.log = log;
    }

    @Override
    public void shutdownBegan(ShutdownReason reason, Duration gracePeriod) {
        JfrShutdownEvent event = new JfrShutdownEvent();
        event.begin();
        shutdown = event;
    }

    @Override
    public void phaseBegan(int phase) {
        JfrPhaseEvent event = new JfrPhaseEvent();
        event.begin();
        stopping = event;
    }

    @Override
    public void phaseEnded(PhaseResult result) {
        JfrPhaseEvent event = stopping;
        event.set(result);
        log.write(event);
    }

    @Override
    public void shutdownEnded(ShutdownReport report) {
        JfrShutdownEvent event = shutdown;
        event.set(report);
        log.write(event);
    }
}
