package io.github.graceful4j.spring.metrics;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The meters of one registry that are told what happens. Thread-safe: the map of the shutdown's meters is not changed
 * after construction, and that of the jobs' is concurrent.
 */
final class RegistryMeters {

    private final MeterRegistry registry;
    private final Map<JobSeries, JobMeters> jobs = new ConcurrentHashMap<>();
    private final Map<ShutdownOutcome, Timer> shutdowns = new EnumMap<>(ShutdownOutcome.class);

    /** Registers the meters of the shutdown, and those of jobs that have none of their own. */
    RegistryMeters(MeterRegistry registry) {
        this.registry = registry;
        for (JobKind kind : JobKind.values()) {
            of(JobSeries.others(kind));
        }
        for (ShutdownOutcome outcome : ShutdownOutcome.values()) {
            shutdowns.put(
                    outcome,
                    Timer.builder("graceful.shutdown")
                            .description("How long the shutdown took")
                            .tag("outcome", Words.of(outcome))
                            .register(registry));
        }
    }

    /**
     * Returns the meters of a series, which are registered unless they are there; where the registry accepts no new
     * ones any more, the meters of jobs that have none of their own.
     */
    JobMeters of(JobSeries series) {
        JobMeters known = jobs.get(series);
        if (known != null) {
            return known;
        }
        JobSeries counted = registry.isClosed() ? JobSeries.others(series.kind()) : series;
        return jobs.computeIfAbsent(counted, added -> new JobMeters(added, registry));
    }

    void shutdownEnded(ShutdownReport report) {
        Timer timer = shutdowns.get(report.outcome());
        if (timer != null) {
            timer.record(report.elapsed());
        }
    }
}
