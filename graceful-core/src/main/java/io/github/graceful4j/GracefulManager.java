package io.github.graceful4j;

import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobDecorator;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.JobProgress;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.RequestedShutdown;
import io.github.graceful4j.report.ShutdownProgress;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import io.github.graceful4j.work.WorkTracker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
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
 * <p>Thread-safe: what jobs there are is guarded by the registry's lock, the course of a shutdown by that of the
 * sequence, and the first request wins by a compare-and-set.
 */
public final class GracefulManager implements AutoCloseable {

    // Zero is how a report says that there was no limit.
    private static final Duration SHORTEST = Duration.ofNanos(1);

    private static final Duration TIME_FOR_WAITERS = Duration.ofSeconds(1);

    private final ManagerSettings settings;
    private final SafeLogger logger;
    private final AtomicReference<@Nullable ShutdownRequest> request = new AtomicReference<>();
    private final Cancellation shutdownCancellation = new Cancellation();
    private final JobServices services;
    private final JobRegistry registry;
    private final WorkTracker workTracker = new WorkTracker();
    private final ShutdownCourse course = new ShutdownCourse();
    private final ShutdownLog shutdownLog;
    private final ShutdownSequence sequence;
    private final ShutdownFuture done;
    private final SignalTrap signalTrap;
    private final ExitHook exitHook;
    private final ExitWatch exitWatch;
    private final Object announcement = new Object();
    private boolean announced;

    private GracefulManager(ManagerSettings settings) {
        this.settings = settings;
        this.logger = new SafeLogger(settings.logger());
        this.shutdownLog = new ShutdownLog(logger);
        ErrorLog errors = new ErrorLog();
        this.services = new JobServices(
                settings.jvm().ticker(),
                settings.threads(),
                new KeepAlive(settings.jvm().threads()),
                errors,
                new ListenerNotifier(settings.jvm().flight().newListener(), settings.listeners(), errors, logger),
                settings.jvm().flight(),
                logger,
                request::get);
        this.registry = new JobRegistry(request::get, settings.jvm().ticker()::read);
        this.sequence = new ShutdownSequence(
                registry,
                services,
                settings.gracePeriod(),
                new WorkDrain(workTracker, settings.runningPhase(), errors, logger),
                course,
                shutdownLog);
        this.done = new ShutdownFuture(() -> registry.jobOn(Thread.currentThread()));
        this.signalTrap = new SignalTrap(
                settings.jvm().signals(),
                this::shutdown,
                this::awaitDoneAndWaiters,
                new StuckDump(() -> registry.allRuns().stream(), settings.jvm().errors())::print,
                settings.jvm().halt(),
                settings.jvm().threads(),
                logger);
        this.exitHook = new ExitHook(settings.jvm().hooks(), this::shutDownForExit, logger);
        this.exitWatch =
                new ExitWatch(settings.jvm().hooks(), JobThreads.platform(), this::endJobsThatWaitForShutdown, logger);
    }

    /** Returns a new manager with the default settings, started. */
    public static GracefulManager create() {
        return builder().build();
    }

    /** Returns a builder for a manager with other settings. */
    public static GracefulManagerBuilder builder() {
        return new GracefulManagerBuilder();
    }

    static GracefulManager of(ManagerSettings settings) {
        GracefulManager manager = new GracefulManager(settings);
        if (settings.autoStart()) {
            manager.start();
        }
        Priming.begin();
        if (settings.signals()) {
            manager.exitHook.install();
            manager.signalTrap.set();
        }
        JobContext parent = settings.parent();
        if (parent != null) {
            manager.follow(parent);
        }
        return manager;
    }

    /** Shuts down with a parent, which keeps no hold on the manager once that is over. */
    private void follow(JobContext parent) {
        AtomicReference<@Nullable GracefulManager> child = new AtomicReference<>(this);
        done.thenRun(() -> child.set(null));
        parent.onCancel(() -> {
            GracefulManager manager = child.get();
            if (manager != null) {
                manager.shutdown(ShutdownReason.parentCancelled(parent.name()), parent.remaining());
            }
        });
    }

    /**
     * Registers a running job with the default options; see {@link #addRunningJob(String, Job, RunningJobOptions)}.
     *
     * @param name the name of the job
     * @param job the work
     * @return the registration, to cancel it
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
     * @return the registration, to cancel it
     * @throws InvalidJobException if {@code name} is blank or taken
     * @throws IllegalStateException if shutdown was requested
     */
    public Registration addRunningJob(String name, Job job, RunningJobOptions options) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(options, "options");
        int phase = phaseOr(options.phase(), JobKind.RUNNING);
        Job decorated = decorated(job, name, JobKind.RUNNING, phase);
        RunningJob registered = new RunningJob(name, decorated, phase, options, services, this::shutDownForFailure);
        registry.add(registered);
        return new JobRegistration(name, () -> cancel(registered));
    }

    /**
     * Registers a shutdown job with the default options; see {@link #addShutdownJob(String, Job, ShutdownJobOptions)}.
     *
     * @param name the name of the job
     * @param job the work
     * @return the registration, to cancel it
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
     * @return the registration, to cancel it
     * @throws InvalidJobException if {@code name} is blank or taken, or if the job has to run after itself, after one
     *     of a lower phase, or, on a started manager, after one that is not registered
     * @throws IllegalStateException if its phase has begun to stop
     */
    public Registration addShutdownJob(String name, Job job, ShutdownJobOptions options) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(options, "options");
        int phase = phaseOr(options.phase(), JobKind.SHUTDOWN);
        Job decorated = decorated(job, name, JobKind.SHUTDOWN, phase);
        ShutdownJob registered = new ShutdownJob(name, decorated, phase, options, services);
        registry.add(registered);
        return new JobRegistration(name, () -> cancel(registered));
    }

    int defaultPhase(JobKind kind) {
        return kind == JobKind.RUNNING ? settings.runningPhase() : settings.shutdownPhase();
    }

    private int phaseOr(@Nullable Integer phase, JobKind kind) {
        return phase == null ? defaultPhase(kind) : phase;
    }

    /** The name is put where it was once more, in case a decorator or an earlier attempt of the job dropped it. */
    private Job decorated(Job job, String name, JobKind kind, int phase) {
        Job outermost = context -> {
            JobMdc.put(name);
            job.run(context);
        };
        List<JobDecorator> decorators = settings.decorators();
        for (int i = decorators.size() - 1; i >= 0; i--) {
            JobDecorator decorator = decorators.get(i);
            outermost = Objects.requireNonNull(
                    decorator.decorate(outermost, name, kind, phase), () -> "decorated by " + decorator);
        }
        return outermost;
    }

    private boolean cancel(RunningJob job) {
        if (!job.remove()) {
            return false;
        }
        JobRun run = job.run();
        if (run == null) {
            registry.remove(job);
        } else {
            run.finished().thenRun(() -> registry.remove(job));
            stopLater("graceful-cancel-" + job.name(), List.of(job));
        }
        return true;
    }

    private boolean cancel(ShutdownJob job) {
        boolean removed = job.remove();
        if (removed) {
            registry.remove(job);
        }
        return removed;
    }

    /**
     * Starts the running jobs of a manager that was built with auto-start off. Does nothing on one that is started, and
     * once shutdown was requested.
     *
     * @throws InvalidJobException if a shutdown job has to run after one that is not registered
     */
    public void start() {
        registry.start(Integer.MAX_VALUE);
    }

    /**
     * Requests a shutdown, without waiting for it. The first request wins; all later ones only return the same future.
     *
     * @param reason who asks for it, and why
     * @return {@link #done()}
     */
    public CompletableFuture<ShutdownReport> shutdown(ShutdownReason reason) {
        return shutdown(reason, Deadline.FOREVER);
    }

    /**
     * Requests a shutdown that may take no longer than the caller allows, without waiting for it. The first request
     * wins; all later ones only return the same future.
     *
     * @param reason who asks for it, and why
     * @param atMost how long it may take; the grace period, where that is shorter
     * @return {@link #done()}
     * @throws IllegalArgumentException if {@code atMost} is negative
     */
    public CompletableFuture<ShutdownReport> shutdown(ShutdownReason reason, Duration atMost) {
        if (atMost.isNegative()) {
            throw new IllegalArgumentException(
                    "Can't shut down within " + atMost + ": the duration must not be negative");
        }
        if (begin(reason, atMost, true)) {
            startThread("graceful-shutdown", () -> runShutdown(reason));
        }
        return done;
    }

    private void runShutdown(ShutdownReason reason) {
        var delegate = settings.delegate();
        if (delegate != null) {
            try {
                delegate.accept(reason);
                return;
            } catch (Throwable e) {
                logger.error("What should stop the phases failed, so the manager stops them itself", e);
            }
        }
        finishNow();
    }

    private void shutDownForFailure(String job, Throwable failure) {
        shutdown(ShutdownReason.jobFailed(job, failure));
    }

    private void shutDownForExit() {
        shutdown(ShutdownReason.jvmExit());
        endJobsThatWaitForShutdown();
        awaitDoneUninterruptibly();
    }

    private void endJobsThatWaitForShutdown() {
        Thread stopping = Thread.currentThread();
        registry.allRuns().forEach(run -> run.endIfWaitingForShutdown(stopping));
    }

    /** Before the JVM gets a signal, whoever waited for the shutdown has a moment for what comes after it. */
    private void awaitDoneAndWaiters() {
        awaitDoneUninterruptibly();
        done.joinWaiters(TIME_FOR_WAITERS);
    }

    private void awaitDoneUninterruptibly() {
        Deadline.never(settings.jvm().ticker()).awaitUninterruptibly(done);
    }

    boolean begin(ShutdownReason reason, boolean runsShutdownJobs) {
        boolean first = begin(reason, Deadline.FOREVER, runsShutdownJobs);
        if (first) {
            endJobsThatWaitForShutdown();
        }
        return first;
    }

    private boolean begin(ShutdownReason reason, Duration atMost, boolean runsShutdownJobs) {
        Objects.requireNonNull(reason, "reason");
        Duration total = settings.gracePeriod().isUnlimited()
                ? Deadline.FOREVER
                : settings.gracePeriod().total();
        Duration shorter = atMost.compareTo(total) < 0 ? atMost : total;
        Duration allowed = shorter.isZero() ? SHORTEST : shorter;
        long tick = settings.jvm().ticker().read();
        Deadline deadline = Deadline.after(tick, shorter, settings.jvm().ticker());
        ShutdownRequest first = new ShutdownRequest(
                reason, settings.jvm().clock().instant(), tick, allowed, deadline, runsShutdownJobs);
        if (!request.compareAndSet(null, first)) {
            logger.debug("Shutdown was requested again (reason: {})", reason);
            return false;
        }
        announce(first);
        exitWatch.begin(done);
        return true;
    }

    private void announce(ShutdownRequest first) {
        shutdownLog.began(first, registry.size());
        tellListeners(first);
        List<Runnable> callbacks = shutdownCancellation.cancel();
        if (!callbacks.isEmpty()) {
            runCallback(() -> settings.threads()
                    .newThread("graceful-shutdown-callbacks", () -> callbacks.forEach(this::runCallback))
                    .start());
        }
    }

    /** Tells listeners that the shutdown began, before any event of it, whoever comes first. */
    private void tellListeners(ShutdownRequest first) {
        synchronized (announcement) {
            if (!announced) {
                announced = true;
                services.listeners().notify(listener -> listener.shutdownBegan(first.reason(), first.gracePeriod()));
            }
        }
    }

    private void runCallback(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable e) {
            services.errors().add("shutdown", RecordedError.Source.CANCELLATION_CALLBACK, e);
            logger.warn("A callback of the shutdown context failed", e);
        }
    }

    void drain(Duration delay) {
        ShutdownRequest requested = requireRequest();
        Ticker ticker = settings.jvm().ticker();
        long began = ticker.read();
        course.drainBegan(began);
        Deadline.after(began, delay, ticker).earlier(requested.deadline()).awaitUninterruptibly(done);
        course.drainEnded(ticker.read());
    }

    CompletableFuture<@Nullable Void> stopDownTo(int phase) {
        ShutdownRequest requested = requireRequest();
        return startThread("graceful-shutdown", () -> sequence.stopDownTo(requested, phase));
    }

    CompletableFuture<ShutdownReport> finish() {
        requireRequest();
        startThread("graceful-shutdown", this::finishNow);
        return done;
    }

    private void finishNow() {
        ShutdownReport report = sequence.finish(requireRequest());
        exitHook.remove();
        signalTrap.remove();
        done.finish(report);
    }

    private ShutdownRequest requireRequest() {
        ShutdownRequest requested = request.get();
        if (requested == null) {
            throw new IllegalStateException("Can't stop a phase of the shutdown: no shutdown was requested");
        }
        tellListeners(requested);
        return requested;
    }

    CompletableFuture<@Nullable Void> pause(int phase) {
        if (request.get() != null) {
            return CompletableFuture.completedFuture(null);
        }
        return stopLater("graceful-pause", registry.holdDownTo(phase));
    }

    CompletableFuture<@Nullable Void> stopJob(String name) {
        JobRegistry.HeldJob held = registry.hold(name);
        JobRun run = held.run();
        if (run == null || run.isEnded()) {
            return CompletableFuture.completedFuture(null);
        }
        RunningJobsStop stop = newStop();
        return startThread(
                "graceful-stop-" + name, () -> stop.stop(run, held.job().timeout()));
    }

    private CompletableFuture<@Nullable Void> stopLater(String threadName, List<RunningJob> jobs) {
        RunningJobsStop stop = newStop();
        return startThread(threadName, () -> stop.stop(jobs));
    }

    /** Returns what stops jobs on their own, within a grace period of theirs that leaves nothing for shutdown jobs. */
    private RunningJobsStop newStop() {
        GracePeriod gracePeriod = settings.gracePeriod();
        Duration allowed = gracePeriod.isUnlimited() ? Deadline.FOREVER : gracePeriod.total();
        Deadline deadline = Deadline.after(allowed, settings.jvm().ticker());
        return new RunningJobsStop(settings.jvm().ticker(), gracePeriod, allowed, deadline);
    }

    /** Runs work of the manager's own on a thread that keeps the process alive until it is done. */
    private CompletableFuture<@Nullable Void> startThread(String name, Runnable work) {
        CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        Runnable all = () -> {
            try {
                work.run();
            } finally {
                end.complete(null);
            }
        };
        try {
            settings.jvm().threads().newThread(name, all).start();
        } catch (OutOfMemoryError e) {
            // The JVM is out of threads. Better to hold up whoever asked than to stop nothing.
            logger.error("Can't start thread '{}'; its work is done on '{}' instead", name, Thread.currentThread(), e);
            all.run();
        }
        return end;
    }

    /**
     * Returns the future that completes, never exceptionally, when the shutdown is over. It is the same for everyone
     * and only the manager completes it; waiting for it in a job throws {@link IllegalStateException}, since the
     * shutdown waits for that job.
     */
    public CompletableFuture<ShutdownReport> done() {
        return done;
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
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw new AssertionError("A shutdown never ends exceptionally", e);
        }
    }

    /**
     * Waits until the shutdown is over, but no longer than {@code timeout}. It changes nothing for the shutdown whether
     * somebody waits for it, and for how long.
     *
     * @param timeout how long to wait at most
     * @return what came of it
     * @throws InterruptedException if the calling thread is interrupted
     * @throws TimeoutException if the shutdown is not over by then; waiting can go on with another call
     * @throws IllegalStateException if the calling thread is that of a job
     */
    public ShutdownReport awaitDone(Duration timeout) throws InterruptedException, TimeoutException {
        done.checkWaitable();
        Duration nanos = timeout.compareTo(Deadline.FOREVER) < 0 ? timeout : Deadline.FOREVER;
        try {
            return done.get(nanos.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            TimeoutException explained = new TimeoutException(
                    "The shutdown is not over after waiting for " + timeout + ": the manager is " + state());
            explained.initCause(e);
            throw explained;
        } catch (ExecutionException e) {
            throw new AssertionError("A shutdown never ends exceptionally", e);
        }
    }

    /**
     * Returns everything that was thrown so far, by jobs, their callbacks and listeners, and for each job that was
     * given up a {@link TimeoutException}; in the order in which it was recorded. Of one job that throws again and
     * again, the first 50 and the last 50 are kept. An immutable copy.
     */
    public List<RecordedError> errors() {
        return services.errors().snapshot();
    }

    /** Returns where the manager stands. */
    public ManagerState state() {
        if (done.isDone()) {
            return ManagerState.TERMINATED;
        }
        if (request.get() != null) {
            return ManagerState.SHUTTING_DOWN;
        }
        return registry.isStarted() ? ManagerState.RUNNING : ManagerState.HELD;
    }

    /** Returns where each job stands: the running jobs, then the shutdown jobs, each in the order of registration. */
    public List<JobSnapshot> jobs() {
        return registry.snapshot();
    }

    /**
     * Returns how far the shutdown has come that is under way; of up to 100 jobs that it waits for, with where their
     * threads are.
     *
     * @return the progress; {@code null} before a shutdown was requested, and when it is over: then {@link #done()} has
     *     its report
     */
    public @Nullable ShutdownProgress progress() {
        ShutdownRequest requested = request.get();
        return requested == null || done.isDone() ? null : progressOf(requested);
    }

    private ShutdownProgress progressOf(ShutdownRequest requested) {
        // In this order: a phase that stops in between is shown with its jobs as they stand, instead of not at all.
        List<PhaseResult> phases = course.phases();
        List<JobProgress> jobs =
                registry.progress(phases.stream().map(PhaseResult::phase).collect(Collectors.toSet()));
        long now = settings.jvm().ticker().read();
        return new ShutdownProgress(
                requested.reason(),
                requested.began(),
                requested.since(now),
                requested.gracePeriod(),
                course.drain(now),
                phases,
                jobs,
                services.errors().snapshot());
    }

    /**
     * Returns the context of the shutdown as a whole, which is cancelled as soon as shutdown is requested; for work
     * that is not a job, and as the {@link GracefulManagerBuilder#parent(JobContext) parent} of other managers.
     */
    public JobContext shutdownContext() {
        return new DefaultJobContext(
                "shutdown", shutdownCancellation, this::deadline, settings.jvm().ticker(), this::runCallback);
    }

    private Deadline deadline() {
        ShutdownRequest requested = request.get();
        return requested == null ? Deadline.never(settings.jvm().ticker()) : requested.deadline();
    }

    /**
     * Returns the tracker of units of work that are not jobs, such as messages and tasks of executors. It refuses new
     * ones when the default phase of running jobs begins to stop, or a higher phase that has shutdown jobs; shutdown
     * jobs wait until those in flight have left.
     */
    public WorkTracker workTracker() {
        return workTracker;
    }

    /** Returns the grace period; zero for no limit. */
    public Duration gracePeriod() {
        return settings.gracePeriod().total();
    }

    /**
     * Returns the shutdown that was requested, under way or over.
     *
     * @return what was fixed at the request, or {@code null} if there was none
     */
    public @Nullable RequestedShutdown requestedShutdown() {
        ShutdownRequest requested = request.get();
        return requested == null
                ? null
                : new RequestedShutdown(requested.reason(), requested.began(), requested.gracePeriod());
    }

    /** Returns the door for whoever operates the service and looks after single jobs. */
    public JobControl jobControl() {
        return new JobControl(this);
    }

    /** Returns the door for a framework that stops the manager phase by phase. */
    public PhaseControl phaseControl() {
        return new PhaseControl(this);
    }

    JobRegistry registry() {
        return registry;
    }

    /**
     * Shuts down, if nobody has yet, and waits until that is over.
     *
     * @throws IllegalStateException if the calling thread is that of a job; the shutdown is requested nevertheless
     */
    @Override
    public void close() {
        shutdown(ShutdownReason.requested("the manager was closed"));
        done.checkWaitable();
        done.addWaiter();
        awaitDoneUninterruptibly();
    }
}
