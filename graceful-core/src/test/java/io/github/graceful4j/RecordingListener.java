package io.github.graceful4j;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told, one line per event. */
final class RecordingListener implements ShutdownListener {

    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void shutdownBegan(ShutdownReason reason, Duration gracePeriod) {
        events.add("shutdown began: " + reason + ", " + gracePeriod);
    }

    @Override
    public void phaseBegan(int phase) {
        events.add("phase " + phase + " began");
    }

    @Override
    public void jobBegan(String job, JobKind kind) {
        events.add(kind + " " + job + " began");
    }

    @Override
    public void jobFailed(String job, JobKind kind, Throwable failure) {
        events.add(kind + " " + job + " failed: " + failure.getMessage());
    }

    @Override
    public void jobRestarted(String job) {
        events.add(JobKind.RUNNING + " " + job + " restarted");
    }

    @Override
    public void jobEnded(JobResult result) {
        events.add(result.kind() + " " + result.job() + " " + result.outcome());
    }

    @Override
    public void phaseEnded(PhaseResult result) {
        events.add("phase " + result.phase() + " ended");
    }

    @Override
    public void shutdownEnded(ShutdownReport report) {
        events.add("shutdown ended " + report.outcome());
    }
}
