package io.github.graceful4j.spring.metrics;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one series of jobs in one registry. They count what happens instead of asking the manager, which
 * forgets a job that is cancelled: a counter must not go back. Thread-safe, as meters are.
 */
final class JobMeters {

    private static final Map<JobKind, Set<JobOutcome>> OUTCOMES = Map.of(
            JobKind.RUNNING,
            EnumSet.of(JobOutcome.COMPLETED, JobOutcome.FAILED, JobOutcome.INTERRUPTED, JobOutcome.ABANDONED),
            JobKind.SOURCE,
            EnumSet.of(JobOutcome.COMPLETED, JobOutcome.FAILED, JobOutcome.INTERRUPTED, JobOutcome.ABANDONED),
            JobKind.SHUTDOWN,
            EnumSet.of(JobOutcome.COMPLETED, JobOutcome.FAILED, JobOutcome.TIMED_OUT));

    private final Map<JobOutcome, Timer> ends = new EnumMap<>(JobOutcome.class);
    private final Counter failures;
    private final @Nullable Counter restarts;

    /** Registers the meters. */
    JobMeters(JobSeries series, MeterRegistry registry) {
        Tags tags = Tags.of("name", series.name(), "kind", Words.of(series.kind()));
        for (JobOutcome outcome : OUTCOMES.getOrDefault(series.kind(), Set.of())) {
            ends.put(
                    outcome,
                    Timer.builder("graceful.job")
                            .description("How long jobs ran")
                            .tags(tags)
                            .tag("outcome", Words.of(outcome))
                            .register(registry));
        }
        failures = Counter.builder("graceful.job.failures")
                .description("How often jobs failed")
                .tags(tags)
                .register(registry);
        restarts = series.kind() == JobKind.RUNNING ? restarts(series.name(), registry) : null;
    }

    private static Counter restarts(String name, MeterRegistry registry) {
        return Counter.builder("graceful.job.restarts")
                .description("How often running jobs were started again after a failure")
                .tag("name", name)
                .register(registry);
    }

    void ended(JobOutcome outcome, Duration age) {
        Timer timer = ends.get(outcome);
        if (timer != null) {
            timer.record(age);
        }
    }

    void failed() {
        failures.increment();
    }

    void restarted() {
        if (restarts != null) {
            restarts.increment();
        }
    }
}
