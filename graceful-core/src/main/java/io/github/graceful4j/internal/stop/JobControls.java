package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.JobRun;
import io.github.graceful4j.internal.job.RegisteredJob;
import io.github.graceful4j.internal.job.RunningJob;
import io.github.graceful4j.internal.job.ShutdownJob;
import io.github.graceful4j.internal.observe.JobMdc;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobDecorator;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobQuery;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.job.StuckThread;
import io.github.graceful4j.work.WorkSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Registers jobs, and stops, starts and forgets single ones while all others go on.
 *
 * <p>Immutable and thread-safe, as the registry is.
 */
public final class JobControls {

    private final ShutdownCoordinator coordinator;
    private final JobRegistry registry;
    private final Settings settings;

    /** Creates the controls of one manager. */
    public JobControls(ShutdownCoordinator coordinator) {
        this.coordinator = coordinator;
        this.registry = coordinator.registry();
        this.settings = coordinator.settings();
    }

    /** Registers a running job. */
    public RegisteredJob add(String name, Job job, RunningJobOptions options) {
        int phase = phaseOr(options.phase(), JobKind.RUNNING);
        Job decorated = decorated(job, name, JobKind.RUNNING, phase);
        RunningJob registered = new RunningJob(name, decorated, phase, options, coordinator.environment());
        registry.add(registered);
        return registered;
    }

    /** Registers a shutdown job. */
    public RegisteredJob add(String name, Job job, ShutdownJobOptions options) {
        int phase = phaseOr(options.phase(), JobKind.SHUTDOWN);
        Job decorated = decorated(job, name, JobKind.SHUTDOWN, phase);
        ShutdownJob registered = new ShutdownJob(name, decorated, phase, options, coordinator.environment());
        registry.add(registered);
        return registered;
    }

    /**
     * Registers a work source.
     *
     * @param phase the phase it stops in, or {@code null} for that of running jobs by default
     */
    public RegisteredJob add(String name, WorkSource source, @Nullable Integer phase) {
        SourceStop stop = new SourceStop(source, coordinator.environment().ticker());
        RunningJob registered =
                RunningJob.ofSource(name, stop, phaseOr(phase, JobKind.SOURCE), coordinator.environment());
        registry.add(registered, stop);
        return registered;
    }

    private int phaseOr(@Nullable Integer phase, JobKind kind) {
        return phase == null ? defaultPhase(kind) : phase;
    }

    int defaultPhase(JobKind kind) {
        return kind == JobKind.SHUTDOWN ? settings.shutdownPhase() : settings.runningPhase();
    }

    private Job decorated(Job job, String name, JobKind kind, int phase) {
        List<JobDecorator> decorators = settings.decorators();
        if (decorators.isEmpty()) {
            return job;
        }
        // The name is put where it was once more, in case a decorator or an earlier attempt of the job dropped it.
        Job outermost = context -> {
            JobMdc.put(name);
            job.run(context);
        };
        for (int i = decorators.size() - 1; i >= 0; i--) {
            JobDecorator decorator = decorators.get(i);
            outermost = Objects.requireNonNull(
                    decorator.decorate(outermost, name, kind, phase),
                    () -> "decorated by " + decorator.getClass().getName());
        }
        return outermost;
    }

    /** Returns where each job stands. */
    public List<JobSnapshot> snapshot() {
        return registry.snapshot();
    }

    /** Returns how many jobs of a kind are in a state, without a look at any of them. */
    public long count(JobKind kind, JobState state) {
        return registry.counts().count(kind, state);
    }

    /** Returns where some of the jobs stand. */
    public List<JobSnapshot> snapshot(JobQuery query) {
        return registry.snapshot(query);
    }

    /** Returns the first running jobs that ended by a failure of their own. */
    public List<JobSnapshot> failed(int limit) {
        return registry.failed(limit);
    }

    /** Returns where a job stands, or {@code null} if there is none of that name and kind. */
    public @Nullable JobSnapshot snapshot(String job, JobKind kind) {
        RegisteredJob registered = registry.job(job, kind);
        return registered == null ? null : registered.snapshot();
    }

    /** Returns where the thread of a job is now, or {@code null} if it runs on none. */
    public @Nullable StuckThread whereabouts(String job, JobKind kind) {
        JobRun run = registry.run(job, kind);
        return run == null ? null : run.whereabouts();
    }

    /** Starts a running job that was stopped, or that ended by itself. */
    public void start(String job) {
        registry.release(job);
    }

    /** Stops a running job until it is started by name. */
    public CompletableFuture<@Nullable Void> stop(String name) {
        RunningJob job = registry.hold(name);
        JobRun run = job.run();
        if (run == null || run.isEnded()) {
            return CompletableFuture.completedFuture(null);
        }
        return stopLater("graceful-stop-" + name, job);
    }

    private CompletableFuture<@Nullable Void> stopLater(String threadName, RunningJob job) {
        RunningJobsStop stop = coordinator.newStop();
        return coordinator.inBackground(threadName, () -> stop.stop(List.of(job)));
    }

    /** Stops a job by its handle; see {@code Registration}. Of a source, nothing runs before the shutdown. */
    public CompletableFuture<@Nullable Void> stop(RegisteredJob job) {
        if (job instanceof RunningJob running) {
            if (running.kind() == JobKind.SOURCE || running.isRemoved() || coordinator.request() != null) {
                return CompletableFuture.completedFuture(null);
            }
            running.hold();
            return stopLater("graceful-stop-" + job.name(), running);
        }
        job.remove();
        return CompletableFuture.completedFuture(null);
    }

    /** Undoes the registration of a job, and returns whether this call did. */
    public boolean forget(RegisteredJob job) {
        return job instanceof RunningJob running ? forget(running) : forget((ShutdownJob) job);
    }

    /** A shutdown ends the job itself, and reports on it. */
    private boolean forget(RunningJob job) {
        if (coordinator.request() != null || !job.remove()) {
            return false;
        }
        JobRun run = job.run();
        if (run == null || run.isFinished()) {
            coordinator.finished(job);
        } else {
            stopLater("graceful-forget-" + job.name(), job);
        }
        return true;
    }

    private boolean forget(ShutdownJob job) {
        boolean removed = job.remove();
        registry.remove(job);
        return removed;
    }
}
