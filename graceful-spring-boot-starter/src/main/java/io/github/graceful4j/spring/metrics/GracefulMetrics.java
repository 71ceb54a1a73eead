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
import io.github.graceful4j.work.WorkTracker;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;

/**
 * Meters of jobs, of the shutdown and of the one before. All are registered as soon as there is a manager, and before a
 * shutdown begins, because registries that are closed accept no new meter. An application without a manager has none.
 *
 * <p>Thread-safe: all that changes is guarded by {@code this}.
 */
public final class GracefulMetrics implements MeterBinder, ShutdownListener {

    private static final Logger logger = LoggerFactory.getLogger(GracefulMetrics.class);

    private final PreviousMeters previous;
    private final ShutdownTime time;
    private final JobNames names = new JobNames();
    private final Set<JobSeries> series = new LinkedHashSet<>();
    private final List<RegistryMeters> registries = new ArrayList<>();
    private final List<MeterRegistry> waiting = new ArrayList<>();
    private @Nullable GracefulManager manager;

    /**
     * Creates the meters of a manager, which is built with this as its listener.
     *
     * @param previous how the last process ended, asked for when a registry is bound
     */
    public GracefulMetrics(Supplier<PreviousShutdown> previous) {
        this(previous, Ticker.system());
    }

    GracefulMetrics(Supplier<PreviousShutdown> previous, Ticker ticker) {
        this.previous = new PreviousMeters(previous);
        this.time = new ShutdownTime(ticker);
    }

    /** Binds a registry, or keeps it until there is a manager. */
    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        GracefulManager known = manager;
        if (known == null) {
            waiting.add(registry);
        } else {
            bind(known, registry);
        }
    }

    /**
     * Registers the meters of a manager, and those of all jobs there are now.
     *
     * @param ofApplication the manager
     */
    public synchronized void begin(GracefulManager ofApplication) {
        manager = ofApplication;
        waiting.forEach(registry -> bind(ofApplication, registry));
        waiting.clear();
        ofApplication.jobs().forEach(job -> forEach(job.job(), job.kind(), meters -> {}));
    }

    private void bind(GracefulManager ofApplication, MeterRegistry registry) {
        bindJobs(ofApplication, registry);
        bindShutdown(registry);
        bindWork(ofApplication.workTracker(), registry);
        previous.bindTo(registry);
        add(new RegistryMeters(registry));
    }

    private static void bindJobs(GracefulManager manager, MeterRegistry registry) {
        for (JobKind kind : JobKind.values()) {
            for (JobState state : JobState.values()) {
                Gauge.builder("graceful.jobs", () -> manager.jobCount(kind, state))
                        .description("Number of registered jobs")
                        .tag("kind", Words.of(kind))
                        .tag("state", Words.of(state))
                        .register(registry);
            }
        }
    }

    private void bindShutdown(MeterRegistry registry) {
        TimeGauge.builder("graceful.shutdown.elapsed", time::elapsedSeconds, TimeUnit.SECONDS)
                .description("Time the shutdown under way has taken; NaN while there is none")
                .register(registry);
        TimeGauge.builder("graceful.shutdown.remaining", time::remainingSeconds, TimeUnit.SECONDS)
                .description("Time left for the shutdown under way; NaN while there is none, or no limit")
                .register(registry);
    }

    private static void bindWork(WorkTracker tracker, MeterRegistry registry) {
        Gauge.builder("graceful.work.in.flight", tracker::inFlight)
                .description("Number of units of work that were admitted and have not left")
                .register(registry);
        FunctionCounter.builder("graceful.work.refused", tracker, WorkTracker::refused)
                .description("Number of units of work that were refused")
                .register(registry);
    }

    private void add(RegistryMeters added) {
        series.forEach(added::of);
        registries.add(added);
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
