package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.Allowance;
import io.github.graceful4j.internal.job.Cancellable;
import io.github.graceful4j.internal.job.Cancellation;
import io.github.graceful4j.internal.job.JobEnvironment;
import io.github.graceful4j.internal.job.JobRun;
import io.github.graceful4j.internal.job.RunningJob;
import io.github.graceful4j.internal.job.ShutdownRequest;
import io.github.graceful4j.internal.job.TimeLimit;
import io.github.graceful4j.internal.jvm.JvmExit;
import io.github.graceful4j.internal.jvm.KeepAlive;
import io.github.graceful4j.internal.jvm.SignalHub;
import io.github.graceful4j.internal.jvm.Threads;
import io.github.graceful4j.internal.observe.Log;
import io.github.graceful4j.internal.observe.Observers;
import io.github.graceful4j.job.CancellationCallback;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.report.JobProgress;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.PlainText;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownProgress;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spi.ShutdownDelegate;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import io.github.graceful4j.work.WorkTracker;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests for a shutdown and sees to it that there is one, and that it ends: whoever asks, be it the program, a
 * signal, the exit of the JVM, a parent, a job or a framework, comes by here.
 *
 * <p>Thread-safe: the first request wins by a compare-and-set; the announcement is guarded by its own lock, which is
 * held for nothing foreign; everything else is final.
 */
public final class ShutdownCoordinator implements JobEnvironment.Host, TimeLimit {

    private static final Duration TIME_FOR_WAITERS = Duration.ofSeconds(1);

    /** A look at a stack takes a while; where more jobs run than this, it is left to who looks for exits later on. */
    private static final int MOST_LOOKED_AT = 100;

    private final Settings settings;
    private final Ticker ticker;
    private final AtomicReference<@Nullable ShutdownRequest> request = new AtomicReference<>();
    private final Cancellation cancellation = new Cancellation();
    private final Observers observers;
    private final JobRegistry registry;
    private final JobEnvironment environment;
    private final WorkTracker workTracker = new WorkTracker();
    private final ShutdownSequence sequence;
    private final Done done;
    private final ProcessEnd told = new ProcessEnd();
    private final JvmExit jvmExit;
    private final AtomicReference<SignalHub.@Nullable Subscription> subscription = new AtomicReference<>();
    private final AtomicReference<@Nullable CancellationCallback> following = new AtomicReference<>();
    private final Object announcement = new Object();
    private boolean announced;

    private ShutdownCoordinator(Settings settings) {
        this.settings = settings;
        this.ticker = settings.jvm().ticker();
        this.registry = new JobRegistry(request, ticker);
        this.observers = new Observers(settings.logger(), settings.listeners(), settings.flight(), registry);
        this.environment = new JobEnvironment(
                ticker,
                settings.threads(),
                new KeepAlive(settings.jvm().threads()),
                observers,
                registry.counts(),
                this);
        this.sequence = new ShutdownSequence(
                registry,
                observers,
                ticker,
                settings.gracePeriod(),
                new WorkDrain(workTracker, settings.runningPhase(), observers));
        this.done = new Done(registry);
        this.jvmExit = new JvmExit(settings.jvm().hooks(), told);
    }

    /** Returns the coordinator of a new manager, started if the settings say so. */
    public static ShutdownCoordinator of(Settings settings) {
        ShutdownCoordinator coordinator = new ShutdownCoordinator(settings);
        if (settings.autoStart()) {
            coordinator.start(Integer.MAX_VALUE);
        }
        SignalHub signals = settings.jvm().signals();
        if (signals != null) {
            coordinator.jvmExit.install();
            coordinator.subscription.set(signals.subscribe(coordinator.told));
        }
        JobContext parent = settings.parent();
        if (parent != null) {
            coordinator.follow(parent);
        }
        return coordinator;
    }

    /** Shuts down with a parent; stands in no row with foreign callbacks there, if the parent is one of ours. */
    private void follow(JobContext parent) {
        Runnable shutDown = () -> request(ShutdownReason.parentCancelled(parent.name()), parent.remaining());
        CancellationCallback callback =
                parent instanceof Cancellable ours ? ours.cancellation().follow(shutDown) : parent.onCancel(shutDown);
        following.set(callback);
        if (done.isDone()) {
            leaveParent();
        }
    }

    private void leaveParent() {
        CancellationCallback callback = following.getAndSet(null);
        if (callback != null) {
            callback.remove();
        }
    }

    /** Returns what the manager was told when it was built. */
    public Settings settings() {
        return settings;
    }

    /** Returns everyone who wants to know how it goes. */
    public Observers observers() {
        return observers;
    }

    /** Returns the tracker of units of work. */
    public WorkTracker workTracker() {
        return workTracker;
    }

    JobRegistry registry() {
        return registry;
    }

    JobEnvironment environment() {
        return environment;
    }

    /** Starts the running jobs of all phases up to one, and those that are registered there later. */
    public void start(int phase) {
        registry.start(phase);
    }

    @Override
    public @Nullable ShutdownRequest request() {
        return request.get();
    }

    @Override
    public void finished(RunningJob job) {
        if (job.isRemoved()) {
            registry.remove(job);
            observers.jobForgotten(job.name(), job.kind());
            // Last, so that the name is free for whoever waits for this.
            job.completeEnds();
        } else if (registry.finished(job) && settings.endsWithJobs()) {
            request(ShutdownReason.jobsEnded(), Deadline.UNLIMITED);
        }
    }

    @Override
    public void failed(String job, Throwable failure) {
        request(ShutdownReason.jobFailed(job, failure), Deadline.UNLIMITED);
    }

    @Override
    public boolean runElsewhere(Runnable job) {
        return jvmExit.runOnSpare(job);
    }

    /**
     * Requests a shutdown, without waiting for it; or brings the deadline of the one under way forward.
     *
     * @param atMost how long it may take from now on
     */
    public void request(ShutdownReason reason, Duration atMost) {
        if (begin(reason, atMost, Duration.ZERO, true)) {
            startOrRun("graceful-shutdown", new WholeShutdown(reason));
        }
    }

    /** The shutdown that nobody else stops the phases of, or who should does not. */
    private final class WholeShutdown implements Runnable {

        private final ShutdownReason reason;

        private WholeShutdown(ShutdownReason reason) {
            this.reason = reason;
        }

        @Override
        public void run() {
            ShutdownDelegate delegate = settings.delegate();
            if (delegate == null || !isEndedBy(delegate, reason)) {
                finish();
            }
        }
    }

    /** A framework is foreign, too: one that throws, or has not ended the shutdown in time, does not keep it open. */
    private boolean isEndedBy(ShutdownDelegate delegate, ShutdownReason reason) {
        AtomicBoolean failed = new AtomicBoolean();
        Thread stopping = Thread.currentThread();
        try {
            settings.jvm()
                    .threads()
                    .newThread("graceful-delegate", () -> {
                        try {
                            delegate.shutdownRequested(reason);
                        } catch (Throwable e) {
                            fail("What should stop the phases failed, so the manager stops them itself", e);
                            failed.set(true);
                            LockSupport.unpark(stopping);
                        }
                    })
                    .start();
        } catch (OutOfMemoryError e) {
            fail("There is no thread to tell who should stop the phases, so the manager stops them itself", e);
            return false;
        }
        Allowance allowance = announcedRequest().allowance();
        return allowance.await(() -> done.isDone() || failed.get(), allowance) && !failed.get();
    }

    private void fail(String what, Throwable thrown) {
        observers.errors().add("delegate", RecordedError.Source.SHUTDOWN, thrown);
        observers.log().error(what, thrown);
    }

    /**
     * Requests a shutdown for whoever stops its phases.
     *
     * @param runsShutdownJobs whether shutdown jobs run
     * @return whether this was the first request
     */
    boolean begin(ShutdownReason reason, Duration ago, boolean runsShutdownJobs) {
        boolean first = begin(reason, Deadline.UNLIMITED, ago, runsShutdownJobs);
        if (first) {
            observers.log().isOfFramework();
            endJobsThatWaitForShutdown();
        }
        return first;
    }

    /** Requests a shutdown in which no shutdown job runs; in silence, if nothing has run before. */
    boolean beginWithoutShutdownJobs(ShutdownReason reason) {
        if (request.get() == null && (registry.getAsInt() == 0 || !registry.isStarted())) {
            observers.log().hush();
        }
        return begin(reason, Duration.ZERO, false);
    }

    private boolean begin(ShutdownReason reason, Duration atMost, Duration ago, boolean runsShutdownJobs) {
        Objects.requireNonNull(reason, "reason");
        Duration total = settings.gracePeriod().total();
        Duration shorter = atMost.compareTo(total) < 0 ? atMost : total;
        Allowance allowance = new Allowance(shorter, ago, ticker);
        ShutdownRequest first = new ShutdownRequest(reason, now().minus(ago), ago, allowance, runsShutdownJobs);
        ShutdownRequest before = request.compareAndExchange(null, first);
        if (before != null) {
            Duration left = shorter.minus(ago);
            boolean sooner = before.allowance().shorten(left.isNegative() ? Duration.ZERO : left);
            observers
                    .log()
                    .debug(
                            "Shutdown was requested again (reason: {}){}",
                            PlainText.of(reason.description()),
                            sooner ? "; it has less time now" : "");
            return false;
        }
        announce(first);
        jvmExit.watch();
        Priming.hurry();
        return true;
    }

    /** A clock of somebody else's must not keep a shutdown from its beginning. */
    private Instant now() {
        try {
            return Objects.requireNonNull(settings.jvm().clock().instant(), "instant");
        } catch (Throwable e) {
            observers.errors().add("clock", RecordedError.Source.SHUTDOWN, e);
            return Instant.now();
        }
    }

    /** Says that the shutdown began, before any other event of it, whoever comes first. */
    private void announce(ShutdownRequest first) {
        synchronized (announcement) {
            if (announced) {
                return;
            }
            announced = true;
            observers.shutdownBegan(
                    first.reason(), registry.size(), first.gracePeriod(), first.ago(), first.wallDeadline());
        }
        context().cancel();
    }

    private ShutdownRequest announcedRequest() {
        ShutdownRequest requested = request.get();
        if (requested == null) {
            throw new IllegalStateException("Can't stop a phase of the shutdown: no shutdown was requested");
        }
        announce(requested);
        return requested;
    }

    /** What is cancelled a moment later anyway need not be asked whether it calls {@link System#exit}. */
    private void endJobsThatWaitForShutdown() {
        List<JobRun> runs = registry.allRuns();
        endJobsThatWaitForShutdown(
                runs, runs.size() <= MOST_LOOKED_AT && settings.jvm().hooks().isExiting());
    }

    private static void endJobsThatWaitForShutdown(List<JobRun> runs, boolean looksForExits) {
        Thread stopping = Thread.currentThread();
        for (JobRun run : runs) {
            run.endIfWaitingForShutdown(stopping, looksForExits);
        }
    }

    void drain(Duration delay) {
        Allowance allowance = announcedRequest().allowance();
        Deadline end = Deadline.after(delay, ticker);
        sequence.drainBegan(ticker.read());
        allowance.await(done::isDone, () -> end.earlier(allowance.deadline()));
        sequence.drainEnded(ticker.read());
    }

    CompletableFuture<@Nullable Void> stopDownTo(int phase) {
        ShutdownRequest requested = announcedRequest();
        return inBackground("graceful-shutdown", () -> sequence.stopDownTo(requested, phase));
    }

    CompletableFuture<@Nullable Void> finishInBackground() {
        announcedRequest();
        return inBackground("graceful-shutdown", this::finish);
    }

    /** Whatever goes wrong here, the shutdown ends. */
    private void finish() {
        ShutdownRequest requested = announcedRequest();
        ShutdownReport report = null;
        try {
            report = sequence.finish(requested);
            jvmExit.end();
            unsubscribe();
            leaveParent();
        } catch (Throwable e) {
            observers.errors().add("the manager", RecordedError.Source.SHUTDOWN, e);
        } finally {
            done.finish(report == null ? reportOfFailure(requested) : report);
            requested.allowance().wakeUp();
        }
    }

    private void unsubscribe() {
        SignalHub.Subscription subscribed = subscription.getAndSet(null);
        if (subscribed != null) {
            subscribed.leave();
        }
    }

    /** Says as much as can still be said. */
    private ShutdownReport reportOfFailure(ShutdownRequest requested) {
        try {
            return reportOfFailure(
                    requested, sequence.phases(), observers.errors().snapshot());
        } catch (Throwable e) {
            return reportOfFailure(requested, List.of(), List.of());
        }
    }

    private ShutdownReport reportOfFailure(
            ShutdownRequest requested, List<PhaseResult> phases, List<RecordedError> errors) {
        return new ShutdownReport(
                requested.reason(),
                requested.began(),
                requested.allowance().at(ticker.read()),
                requested.gracePeriod(),
                sequence.drained(),
                ShutdownOutcome.FAILED,
                phases,
                errors);
    }

    /** Runs work of the manager's own on a thread that keeps the process alive until it is done. */
    CompletableFuture<@Nullable Void> inBackground(String name, Runnable work) {
        Background background = new Background(work, new CompletableFuture<>());
        startOrRun(name, background);
        return background.end();
    }

    private void startOrRun(String name, Runnable work) {
        try {
            settings.jvm().threads().newThread(name, work).start();
        } catch (OutOfMemoryError e) {
            // The JVM is out of threads. Better to hold up whoever asked than to stop nothing.
            observers.log().error("Can't start thread '{}'; its work is done by whoever asked for it", name, e);
            work.run();
        }
    }

    private record Background(Runnable work, CompletableFuture<@Nullable Void> end) implements Runnable {

        @Override
        public void run() {
            try {
                work.run();
            } finally {
                // What hangs on it is foreign, and this thread keeps the process alive.
                Threads.runApart(() -> end.complete(null));
            }
        }
    }

    /** Returns what stops jobs on their own, within a grace period of theirs. */
    RunningJobsStop newStop() {
        return RunningJobsStop.apart(
                settings.gracePeriod(), ticker, observers.errors().of("the manager", RecordedError.Source.SHUTDOWN));
    }

    /** Returns a new stage for the end of the shutdown. */
    public CompletionStage<ShutdownReport> done() {
        return done.stage();
    }

    /** Returns the report of the shutdown, or {@code null} while that is not over. */
    public @Nullable ShutdownReport report() {
        return done.report();
    }

    /** Returns whether the shutdown is over. */
    public boolean isDone() {
        return done.isDone();
    }

    /** Returns whether any phase was started. */
    public boolean isStarted() {
        return registry.isStarted();
    }

    /** Waits for the end of the shutdown; returns {@code null} if it has not come within {@code timeout}. */
    public @Nullable ShutdownReport awaitDone(Duration timeout) throws InterruptedException {
        return done.await(timeout);
    }

    /** Waits for the end of the shutdown, whatever interrupts the calling thread, unless it is that of a job. */
    public void awaitDoneUninterruptibly() {
        done.checkWaitable();
        done.awaitAsWaiter();
    }

    /** Returns the context of the shutdown as a whole. */
    public JobContext shutdownContext() {
        return context();
    }

    private ShutdownContext context() {
        return new ShutdownContext(cancellation, this, ticker, observers);
    }

    /** Returns when the shutdown has to be over; never, while none was requested. */
    @Override
    public Deadline deadline() {
        ShutdownRequest requested = request.get();
        return requested == null
                ? Deadline.never(ticker)
                : requested.allowance().deadline();
    }

    /** Returns whether signals and the end of the JVM are a reason to shut down. */
    boolean handlesSignals() {
        return settings.jvm().signals() != null;
    }

    /** Returns how far the shutdown has come that is under way, or {@code null} if none is. */
    public @Nullable ShutdownProgress progress() {
        ShutdownRequest requested = request.get();
        if (requested == null || done.isDone()) {
            return null;
        }
        // In this order: a phase that stops in between is shown with its jobs as they stand, instead of not at all.
        List<PhaseResult> phases = sequence.phases();
        List<JobProgress> jobs =
                registry.progress(phases.stream().map(PhaseResult::phase).collect(Collectors.toSet()));
        return new ShutdownProgress(
                requested.reason(),
                requested.began(),
                requested.allowance().at(ticker.read()),
                requested.gracePeriod(),
                sequence.drained(),
                phases,
                jobs,
                observers.errors().snapshot());
    }

    /** What the manager does when the process is told to end, by a signal or as the JVM exits. */
    private final class ProcessEnd implements SignalHub.Subscriber, JvmExit.Host {

        @Override
        public void run() {
            request(ShutdownReason.jvmExit(), Deadline.UNLIMITED);
            endJobsThatWaitForShutdown();
            done.awaitUninterruptibly();
        }

        @Override
        public void endJobsThatExit() {
            endJobsThatWaitForShutdown(registry.allRuns(), true);
        }

        @Override
        public void signalled(String signal) {
            request(ShutdownReason.signal(signal), Deadline.UNLIMITED);
        }

        @Override
        public void stopSignalled(String signal) {
            observers.log().info("Received {}, which suspends the process", signal);
        }

        /** Before the JVM gets a signal, whoever waited for the shutdown has a moment for what comes after it. */
        @Override
        public void awaitDone() {
            done.awaitUninterruptibly();
            done.joinWaiters(TIME_FOR_WAITERS);
        }

        @Override
        public void dump(PrintStream target) {
            for (JobRun run : registry.allRuns()) {
                if (!run.isFinished()) {
                    target.println("job '" + run.name() + "' in " + Log.placeOf(run.whereabouts()));
                }
            }
        }

        @Override
        public void note(String line) {
            observers.log().debug("{}", line);
        }
    }
}
