package io.github.graceful4j.spring.observation;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobDecorator;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.StuckThread;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;

/**
 * Observes a shutdown: all of it, each phase, and each job that it ended or ran. The observation of a shutdown job is
 * current while the job runs, so that what the job does is a part of it.
 *
 * <p>Thread-safe: {@code trace} is guarded by {@code this}; {@code running} and {@code phases} are confined to the
 * thread that tells this listener.
 */
public final class ShutdownObservations implements ShutdownListener, JobDecorator {

    private static final Logger LOGGER = LoggerFactory.getLogger(ShutdownObservations.class);

    private final Set<String> running = new HashSet<>();
    private final Map<String, Integer> phases = new HashMap<>();
    private volatile ObservationRegistry registry = ObservationRegistry.NOOP;
    private volatile @Nullable GracefulManager manager;
    private @Nullable ShutdownTrace trace;

    /** Creates the observations of a manager, which is built with this; nothing is observed before they begin. */
    public ShutdownObservations() {}

    /**
     * Begins to observe.
     *
     * @param observed where observations are registered
     * @param ofApplication the manager
     */
    public void begin(ObservationRegistry observed, GracefulManager ofApplication) {
        manager = ofApplication;
        registry = observed;
    }

    @Override
    public Job decorate(Job job, String name, JobKind kind, int phase) {
        return kind == JobKind.RUNNING ? job : context -> runObserved(job, context, phase);
    }

    private void runObserved(Job job, JobContext context, int phase) throws Exception {
        Observation.Scope scope = registry.isNoop() ? Observation.Scope.NOOP : openScope(context.name(), phase);
        try {
            job.run(context);
        } finally {
            attempt(scope::close);
        }
    }

    private Observation.Scope openScope(String job, int phase) {
        try {
            return trace().job(job, JobKind.SHUTDOWN, phase).openScope();
        } catch (RuntimeException e) {
            LOGGER.warn("Job '{}' runs without its observation, which could not be started", job, e);
            return Observation.Scope.NOOP;
        }
    }

    /** The jobs have to run, whatever handles observations. */
    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOGGER.warn("What handles the observations of the shutdown failed", e);
        }
    }

    /** In a context that failed to start, what handles observations may ask for beans that are gone. */
    private static void whileBeansAreThere(Runnable step) {
        try {
            step.run();
        } catch (BeansException e) {
            LOGGER.debug("The shutdown is not observed any more, since beans are gone", e);
        }
    }

    private synchronized ShutdownTrace trace() {
        ShutdownTrace known = trace;
        if (known == null) {
            known = new ShutdownTrace(registry);
            trace = known;
        }
        return known;
    }

    @Override
    public void jobBegan(String job, JobKind kind) {
        if (kind == JobKind.RUNNING && !registry.isNoop()) {
            running.add(job);
        }
    }

    @Override
    public void shutdownBegan(ShutdownReason reason, Duration gracePeriod) {
        whileBeansAreThere(() -> observeShutdownBegan(reason));
    }

    private void observeShutdownBegan(ShutdownReason reason) {
        Observation shutdown = trace().shutdown()
                .lowCardinalityKeyValue(ObservationKey.REASON.withValue(ShutdownTrace.word(reason.kind())))
                .highCardinalityKeyValue(ObservationKey.DESCRIPTION.withValue(reason.description()));
        Throwable failure = reason.failure();
        if (failure != null) {
            shutdown.error(failure);
        }
    }

    @Override
    public void phaseBegan(int phase) {
        whileBeansAreThere(() -> observePhaseBegan(phase));
    }

    private void observePhaseBegan(int phase) {
        GracefulManager known = manager;
        if (known == null || registry.isNoop()) {
            return;
        }
        trace().phase(phase);
        for (JobSnapshot job : known.jobs()) {
            if (job.phase() == phase) {
                phaseBegan(job);
            }
        }
    }

    /** A job that had ended before, as far as this listener was told, is no part of the shutdown. */
    private void phaseBegan(JobSnapshot job) {
        String key = job.kind() + " " + job.job();
        if (job.kind() == JobKind.SHUTDOWN) {
            phases.put(key, job.phase());
        } else if (job.kind() == JobKind.SOURCE || running.contains(job.job())) {
            phases.put(key, job.phase());
            trace().job(job.job(), job.kind(), job.phase());
        }
    }

    @Override
    public void jobEnded(JobResult result) {
        whileBeansAreThere(() -> observeJobEnded(result));
    }

    private void observeJobEnded(JobResult result) {
        if (result.kind() == JobKind.RUNNING) {
            running.remove(result.job());
        }
        Integer phase = phases.get(result.kind() + " " + result.job());
        if (phase == null) {
            return;
        }
        Observation job = trace().job(result.job(), result.kind(), phase)
                .lowCardinalityKeyValue(ObservationKey.OUTCOME.withValue(ShutdownTrace.word(result.outcome())));
        Throwable error = errorOf(result);
        if (error != null) {
            job.error(error);
        }
        job.stop();
    }

    private static @Nullable Throwable errorOf(JobResult result) {
        if (result.outcome() != JobOutcome.ABANDONED && result.outcome() != JobOutcome.TIMED_OUT) {
            return result.failure();
        }
        TimeoutException late = new TimeoutException("Job '" + result.job() + "' had not ended when its time was up");
        StuckThread stuck = result.stuck();
        if (stuck != null) {
            late.setStackTrace(stuck.stack().toArray(StackTraceElement[]::new));
        }
        return late;
    }

    @Override
    public void phaseEnded(PhaseResult result) {
        whileBeansAreThere(() -> observePhaseEnded(result));
    }

    private void observePhaseEnded(PhaseResult result) {
        trace().phase(result.phase()).stop();
    }

    @Override
    public void shutdownEnded(ShutdownReport report) {
        whileBeansAreThere(() -> observeShutdownEnded(report));
    }

    private void observeShutdownEnded(ShutdownReport report) {
        trace().shutdown()
                .lowCardinalityKeyValue(ObservationKey.OUTCOME.withValue(ShutdownTrace.word(report.outcome())))
                .stop();
    }
}
