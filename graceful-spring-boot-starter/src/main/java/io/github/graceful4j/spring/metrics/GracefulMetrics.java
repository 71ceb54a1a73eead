package io.github.graceful4j.spring.metrics;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spring.report.PreviousShutdown;
import io.github.graceful4j.time.Ticker;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;

/**
 * Meters of jobs, of the shutdown and of the one before. All are registered before a shutdown begins, because
 * registries that are closed accept no new meter.
 *
 * <p>Thread-safe: {@code registries} and {@code series} are guarded by {@code this}.
 */
public final class GracefulMetrics implements MeterBinder, ShutdownListener {

    private static final Logger logger = LoggerFactory.getLogger(GracefulMetrics.class);

    private final Supplier<GracefulManager> manager;
    private final PreviousMeters previous;
    private final ShutdownTime time;
    private final JobNames names = new JobNames();
    private final Set<JobSeries> series = new LinkedHashSet<>();
    private final List<RegistryMeters> registries = new ArrayList<>();

    /**
     * Creates the meters of a manager.
     *
     * @param manager the manager, asked for only after it was built, since it is built with this as its listener
     * @param previous how the last process ended, asked for when a registry is bound
     */
    public GracefulMetrics(Supplier<GracefulManager> manager, Supplier<PreviousShutdown> previous) {
        this(manager, previous, Ticker.system());
    }

    GracefulMetrics(Supplier<GracefulManager> manager, Supplier<PreviousShutdown> previous, Ticker ticker) {
        this.manager = manager;
        this.previous = new PreviousMeters(previous);
        this.time = new ShutdownTime(ticker);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bindJobs(registry);
        bindShutdown(registry);
        bindWork(registry);
        previous.bindTo(registry);
        add(new RegistryMeters(registry));
    }

    private void bindJobs(MeterRegistry registry) {
        for (JobKind kind : JobKind.values()) {
            for (JobState state : JobState.values()) {
                Gauge.builder("graceful.jobs", () -> count(kind, state))
                        .description("Number of registered jobs")
                        .tag("kind", Words.of(kind))
                        .tag("state", Words.of(state))
                        .register(registry);
            }
        }
    }

    private double count(JobKind kind, JobState state) {
        return manager.get().jobs().stream()
                .filter(job -> job.kind() == kind && job.state() == state)
                .count();
    }

    private void bindShutdown(MeterRegistry registry) {
        TimeGauge.builder("graceful.shutdown.elapsed", time::elapsedSeconds, TimeUnit.SECONDS)
                .description("Time the shutdown under way has taken; NaN while there is none")
                .register(registry);
        TimeGauge.builder("graceful.shutdown.remaining", time::remainingSeconds, TimeUnit.SECONDS)
                .description("Time left for the shutdown under way; NaN while there is none, or no limit")
                .register(registry);
    }

    private void bindWork(MeterRegistry registry) {
        Gauge.builder(
                        "graceful.work.in.flight",
                        () -> manager.get().workTracker().inFlight())
                .description("Number of units of work that were admitted and have not left")
                .register(registry);
        FunctionCounter.builder("graceful.work.refused", this, GracefulMetrics::refused)
                .description("Number of units of work that were refused")
                .register(registry);
    }

    private double refused() {
        return manager.get().workTracker().refused();
    }

    private synchronized void add(RegistryMeters added) {
        series.forEach(added::of);
        registries.add(added);
    }

    /** Registers the meters of all jobs there are now. */
    public void registerJobs() {
        manager.get().jobs().forEach(job -> forEach(job.job(), job.kind(), meters -> {}));
    }

    /** Does something with the meters of a job in each registry. */
    private synchronized void forEach(String job, JobKind kind, Consumer<JobMeters> action) {
        JobSeries counted = new JobSeries(names.seriesOf(job), kind);
        series.add(counted);
        whileBeansAreThere(() -> registries.forEach(registry -> action.accept(registry.of(counted))));
    }

    /** In a context that failed to start, a registry may ask for beans that are gone. */
    private static void whileBeansAreThere(Runnable step) {
        try {
            step.run();
        } catch (BeansException e) {
            logger.debug("A meter is not kept any more, since beans are gone", e);
        }
    }

    @Override
    public void shutdownBegan(ShutdownReason reason, Duration gracePeriod) {
        time.began(gracePeriod);
    }

    @Override
    public void jobBegan(String job, JobKind kind) {
        forEach(job, kind, meters -> {});
    }

    @Override
    public void jobFailed(String job, JobKind kind, Throwable failure) {
        forEach(job, kind, JobMeters::failed);
    }

    @Override
    public void jobRestarted(String job) {
        forEach(job, JobKind.RUNNING, JobMeters::restarted);
    }

    @Override
    public void jobEnded(JobResult result) {
        forEach(result.job(), result.kind(), meters -> meters.ended(result.outcome(), result.age()));
    }

    @Override
    public synchronized void shutdownEnded(ShutdownReport report) {
        time.ended(report);
        whileBeansAreThere(() -> registries.forEach(registry -> registry.shutdownEnded(report)));
    }
}
