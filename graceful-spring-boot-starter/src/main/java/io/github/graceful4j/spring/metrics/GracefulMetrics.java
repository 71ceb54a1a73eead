package io.github.graceful4j.spring.metrics;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Meters of jobs and of the shutdown. All are registered before a shutdown begins, because registries accept no new
 * meter once the application context is being closed.
 *
 * <p>Thread-safe, as the list is.
 */
public final class GracefulMetrics implements MeterBinder, ShutdownListener {

    private static final Map<JobKind, Set<JobOutcome>> OUTCOMES = Map.of(
            JobKind.RUNNING,
            EnumSet.of(JobOutcome.COMPLETED, JobOutcome.FAILED, JobOutcome.INTERRUPTED, JobOutcome.ABANDONED),
            JobKind.SHUTDOWN,
            EnumSet.of(JobOutcome.COMPLETED, JobOutcome.FAILED, JobOutcome.TIMED_OUT));

    private final Supplier<GracefulManager> manager;
    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

    /**
     * Creates the meters of a manager.
     *
     * @param manager the manager, asked for only after it was built, since it is built with this as its listener
     */
    public GracefulMetrics(Supplier<GracefulManager> manager) {
        this.manager = manager;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
        for (JobKind kind : JobKind.values()) {
            for (JobState state : JobState.values()) {
                Gauge.builder("graceful.jobs", () -> count(kind, state))
                        .description("Number of registered jobs")
                        .tag("kind", word(kind))
                        .tag("state", word(state))
                        .register(registry);
            }
        }
        TimeGauge.builder("graceful.shutdown.remaining", this::remainingSeconds, TimeUnit.SECONDS)
                .description("Time left for the shutdown under way; NaN while there is none, or no limit")
                .register(registry);
        for (ShutdownOutcome outcome : ShutdownOutcome.values()) {
            shutdownTimer(registry, outcome);
        }
    }

    /** Registers the meters of all jobs there are now. */
    public void registerJobs() {
        manager.get().jobs().forEach(job -> registerJob(job.job(), job.kind()));
    }

    private void registerJob(String job, JobKind kind) {
        for (MeterRegistry registry : registries) {
            OUTCOMES.getOrDefault(kind, Set.of()).forEach(outcome -> jobTimer(registry, job, kind, outcome));
        }
    }

    private double count(JobKind kind, JobState state) {
        return manager.get().jobs().stream()
                .filter(job -> job.kind() == kind && job.state() == state)
                .count();
    }

    private double remainingSeconds() {
        Duration remaining = manager.get().shutdownContext().remaining();
        return remaining.compareTo(Duration.ofDays(365)) > 0 ? Double.NaN : remaining.toNanos() / 1e9;
    }

    @Override
    public void jobBegan(String job, JobKind kind) {
        registerJob(job, kind);
    }

    @Override
    public void jobEnded(JobResult result) {
        registries.forEach(registry -> jobTimer(registry, result.job(), result.kind(), result.outcome())
                .record(result.age()));
    }

    @Override
    public void shutdownEnded(ShutdownReport report) {
        registries.forEach(registry -> shutdownTimer(registry, report.outcome()).record(report.elapsed()));
    }

    private static Timer jobTimer(MeterRegistry registry, String job, JobKind kind, JobOutcome outcome) {
        return Timer.builder("graceful.job")
                .description("How long jobs ran")
                .tag("job", job)
                .tag("kind", word(kind))
                .tag("outcome", word(outcome))
                .register(registry);
    }

    private static Timer shutdownTimer(MeterRegistry registry, ShutdownOutcome outcome) {
        return Timer.builder("graceful.shutdown")
                .description("How long the shutdown took")
                .tag("outcome", word(outcome))
                .register(registry);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
