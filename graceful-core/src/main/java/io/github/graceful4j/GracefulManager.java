package io.github.graceful4j;

import io.github.graceful4j.internal.job.ShutdownRequest;
import io.github.graceful4j.internal.stop.JobControls;
import io.github.graceful4j.internal.stop.PhaseControls;
import io.github.graceful4j.internal.stop.Priming;
import io.github.graceful4j.internal.stop.Settings;
import io.github.graceful4j.internal.stop.ShutdownCoordinator;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobQuery;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.RequestedShutdown;
import io.github.graceful4j.report.ShutdownProgress;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spi.PhaseControl;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.work.WorkSource;
import io.github.graceful4j.work.WorkTracker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the jobs of a service, and ends them well: running jobs are told when to stop, shutdown jobs run when these have
 * ended, all of it within one grace period, and a report says how it went.
 *
 * <pre>{@code
 * GracefulManager manager = GracefulManager.create();
 * manager.addRunningJob("consume-orders", context -> {
 *     while (!context.isCancelled()) {
 *         consumeNext();
 *     }
 * });
 * manager.addShutdownJob("close-database", context -> database.close());
 * manager.awaitDone();
 * }</pre>
 *
 * <p>Thread-safe, as it has no state of its own: it hands on what it is asked for.
 */
public final class GracefulManager implements AutoCloseable {

    private final ShutdownCoordinator coordinator;
    private final JobControls jobs;

    GracefulManager(Settings settings) {
        Priming.begin();
        this.coordinator = ShutdownCoordinator.of(settings);
        this.jobs = new JobControls(coordinator);
    }

    /** Returns a new manager with the default settings, started. */
    public static GracefulManager create() {
        return builder().build();
    }

    /** Returns a builder for a manager with other settings. */
    public static GracefulManagerBuilder builder() {
        return new GracefulManagerBuilder();
    }

    /**
     * Registers a running job with the default options; see {@link #addRunningJob(String, Job, RunningJobOptions)}.
     *
     * @param name the name of the job
     * @param job the work
     * @return the handle of the job
     */
    public Registration addRunningJob(String name, Job job) {
        return addRunningJob(name, job, RunningJobOptions.defaults());
    }

    /**
     * Registers a running job. On a started manager, it starts at once on a thread of its own; else with
     * {@link #start()}.
     *
     * @param name the name of the job, which no other running job has
     * @param job the work
     * @param options how it is started, supervised and stopped
     * @return the handle of the job
     * @throws io.github.graceful4j.job.InvalidJobException if {@code name} is blank, taken, or has characters that
     *     could pass for something else in a log
     * @throws IllegalStateException if shutdown was requested
     */
    public Registration addRunningJob(String name, Job job, RunningJobOptions options) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(options, "options");
        return new Registration(jobs, jobs.add(name, job, options));
    }

    /**
     * Registers a shutdown job with the default options; see {@link #addShutdownJob(String, Job, ShutdownJobOptions)}.
     *
     * @param name the name of the job
     * @param job the work
     * @return the handle of the job
     */
    public Registration addShutdownJob(String name, Job job) {
        return addShutdownJob(name, job, ShutdownJobOptions.defaults());
    }

    /**
     * Registers a shutdown job, which runs once, when the running jobs of its phase and of all higher phases have
     * ended.
     *
     * @param name the name of the job, which no other shutdown job has
     * @param job the work
     * @param options when it runs and how long it may take
     * @return the handle of the job
     * @throws io.github.graceful4j.job.InvalidJobException if {@code name} is blank, taken, or has characters that
     *     could pass for something else in a log, or if the job has to run after itself, after one of a lower phase,
     *     or, on a started manager, after one that is not registered
     * @throws IllegalStateException if its phase has begun to stop
     */
    public Registration addShutdownJob(String name, Job job, ShutdownJobOptions options) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(options, "options");
        return new Registration(jobs, jobs.add(name, job, options));
    }

    /**
     * Registers a work source in the default phase of running jobs; see {@link #addWorkSource(String, WorkSource,
     * int)}.
     *
     * @param name the name of the source
     * @param source what takes up work by itself
     * @return the handle of the source
     */
    public Registration addWorkSource(String name, WorkSource source) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(source, "source");
        return new Registration(jobs, jobs.add(name, source, null));
    }

    /**
     * Registers a work source: something that takes up work by itself. When its phase stops, it is told together with
     * the running jobs to take no more, and is waited for and given up as they are; a shutdown job of that phase or a
     * lower one starts only then. Until then nothing of it is called, and it neither keeps the process alive nor counts
     * as a job that could still end. In a report it stands among the jobs, as one of the kind {@link JobKind#SOURCE}.
     *
     * @param name the name of the source, which no other source has
     * @param source what takes up work by itself
     * @param phase the phase it stops in, higher ones first
     * @return the handle of the source, by which it can be forgotten
     * @throws io.github.graceful4j.job.InvalidJobException if {@code name} is blank, taken, or has characters that
     *     could pass for something else in a log
     * @throws IllegalStateException if shutdown was requested
     */
    public Registration addWorkSource(String name, WorkSource source, int phase) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(source, "source");
        return new Registration(jobs, jobs.add(name, source, phase));
    }

    /**
     * Starts the running jobs of a manager that was built with auto-start off. Does nothing on one that is started, and
     * once shutdown was requested.
     *
     * @throws io.github.graceful4j.job.InvalidJobException if a shutdown job has to run after one that is not
     *     registered
     */
    public void start() {
        coordinator.start(Integer.MAX_VALUE);
    }

    /**
     * Requests a shutdown, without waiting for it. The first request wins; later ones change nothing.
     *
     * @param reason who asks for it, and why
     * @return {@link #done()}
     */
    public CompletionStage<ShutdownReport> shutdown(ShutdownReason reason) {
        return shutdown(reason, Deadline.UNLIMITED);
    }

    /**
     * Requests a shutdown that may take no longer than the caller allows, without waiting for it. The reason of the
     * first request stays; a later one that allows less time than is left brings the deadline forward, and none ever
     * puts it back.
     *
     * @param reason who asks for it, and why
     * @param atMost how long it may take from now on: the grace period, where that is shorter; zero for no time at all,
     *     {@link Deadline#UNLIMITED} for no other limit than the grace period
     * @return {@link #done()}
     * @throws IllegalArgumentException if {@code atMost} is negative
     */
    public CompletionStage<ShutdownReport> shutdown(ShutdownReason reason, Duration atMost) {
        Objects.requireNonNull(reason, "reason");
        if (atMost.isNegative()) {
            throw new IllegalArgumentException(
                    "Can't shut down within " + atMost + ": the duration must not be negative");
        }
        coordinator.request(reason, atMost);
        return done();
    }

    /**
     * Returns a stage for the end of the shutdown: one of its own for each call, so that whoever completes it or hangs
     * something on it changes nothing for others. What hangs on it runs on a thread which nothing waits for. Waiting in
     * a job for it, or for what is derived from it, throws {@link IllegalStateException}, since the shutdown waits for
     * that job.
     *
     * @return completes, never exceptionally, with the report
     */
    public CompletionStage<ShutdownReport> done() {
        return coordinator.done();
    }

    /**
     * Waits until the shutdown is over. When it was a signal that asked for it, the calling thread has up to a second
     * from then before the JVM exits, for instance to print the report.
     *
     * @return what came of it
     * @throws InterruptedException if the calling thread is interrupted
     * @throws IllegalStateException if the calling thread is that of a job
     */
    public ShutdownReport awaitDone() throws InterruptedException {
        return Objects.requireNonNull(coordinator.awaitDone(Deadline.UNLIMITED), "report");
    }

    /**
     * Waits until the shutdown is over, but no longer than {@code timeout}. It changes nothing for the shutdown whether
     * somebody waits for it, and for how long.
     *
     * @param timeout how long to wait at most; zero or less only looks
     * @return what came of it
     * @throws InterruptedException if the calling thread is interrupted
     * @throws TimeoutException if the shutdown is not over by then; waiting can go on with another call
     * @throws IllegalStateException if the calling thread is that of a job
     */
    public ShutdownReport awaitDone(Duration timeout) throws InterruptedException, TimeoutException {
        ShutdownReport report = coordinator.awaitDone(timeout);
        if (report == null) {
            throw new TimeoutException(
                    "The shutdown is not over after waiting for " + timeout + ": the manager is " + state());
        }
        return report;
    }

    /** Returns the report of the shutdown, or {@code null} while that is not over. */
    public @Nullable ShutdownReport report() {
        return coordinator.report();
    }

    /**
     * Returns everything that was thrown so far, by jobs, their callbacks and listeners, and for each job that was
     * given up a {@link TimeoutException}; in the order in which it was recorded. Of one job that throws again and
     * again, the first 50 and the last 50 are kept, and as many of all jobs together that were forgotten. An immutable
     * copy.
     */
    public List<RecordedError> errors() {
        return coordinator.observers().errors().snapshot();
    }

    /** Returns where the manager stands. */
    public ManagerState state() {
        if (coordinator.isDone()) {
            return ManagerState.TERMINATED;
        }
        if (coordinator.request() != null) {
            return ManagerState.SHUTTING_DOWN;
        }
        return coordinator.isStarted() ? ManagerState.STARTED : ManagerState.NEW;
    }

    /**
     * Returns how many jobs of a kind are in a state. Looks at none of them, so that it costs the same for any number
     * of jobs; the number may be off by those that change their state meanwhile.
     *
     * @param kind which kind of job
     * @param state the state they are in
     */
    public long jobCount(JobKind kind, JobState state) {
        return jobs.count(Objects.requireNonNull(kind, "kind"), Objects.requireNonNull(state, "state"));
    }

    /**
     * Returns where each job stands: the running jobs, then the work sources, then the shutdown jobs, each in the order
     * of registration.
     */
    public List<JobSnapshot> jobs() {
        return jobs.snapshot();
    }

    /**
     * Returns where some of the jobs stand, in the same order as {@link #jobs()}; only of these a snapshot is made.
     *
     * @param query which jobs
     */
    public List<JobSnapshot> jobs(JobQuery query) {
        return jobs.snapshot(Objects.requireNonNull(query, "query"));
    }

    /**
     * Returns how far the shutdown has come that is under way; of up to 100 jobs that it waits for, with where their
     * threads are.
     *
     * @return the progress; {@code null} before a shutdown was requested, and when it is over: then {@link #done()} has
     *     its report
     */
    public @Nullable ShutdownProgress progress() {
        return coordinator.progress();
    }

    /**
     * Returns the context of the shutdown as a whole, which is cancelled as soon as shutdown is requested; for work
     * that is not a job, and as the {@link GracefulManagerBuilder#parent(JobContext) parent} of other managers. Its
     * callbacks run beside each other, each on a thread of its own.
     */
    public JobContext shutdownContext() {
        return coordinator.shutdownContext();
    }

    /**
     * Returns the tracker of units of work that are not jobs, such as messages and tasks of executors. It refuses new
     * ones when the default phase of running jobs begins to stop, or a higher phase that has shutdown jobs; shutdown
     * jobs wait until those in flight have left.
     */
    public WorkTracker workTracker() {
        return coordinator.workTracker();
    }

    /** Returns the grace period; {@link Deadline#UNLIMITED} for no limit. */
    public Duration gracePeriod() {
        return coordinator.settings().gracePeriod().total();
    }

    /**
     * Returns the shutdown that was requested, under way or over.
     *
     * @return what is known of it, or {@code null} if there was none
     */
    public @Nullable RequestedShutdown requestedShutdown() {
        ShutdownRequest requested = coordinator.request();
        return requested == null
                ? null
                : new RequestedShutdown(requested.reason(), requested.began(), requested.gracePeriod());
    }

    /** Returns what whoever operates the service looks after single jobs with. */
    public JobControl jobControl() {
        return new JobControl(jobs);
    }

    /** Returns what a framework stops the manager with, phase by phase; of no use to applications. */
    public PhaseControl phaseControl() {
        return new PhaseControls(coordinator, jobs);
    }

    /**
     * Shuts down, if nobody has yet, and waits until that is over.
     *
     * @throws IllegalStateException if the calling thread is that of a job; the shutdown is requested nevertheless
     */
    @Override
    public void close() {
        coordinator.request(ShutdownReason.requested("the manager was closed"), Deadline.UNLIMITED);
        coordinator.awaitDoneUninterruptibly();
    }
}
