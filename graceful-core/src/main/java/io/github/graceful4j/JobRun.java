package io.github.graceful4j;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.StuckThread;
import io.github.graceful4j.report.JobProgress;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a job on its own thread, from its start to its end or until it is given up.
 *
 * <p>A run has one part, the job itself, and a second one if there are callbacks to run on cancellation; it ends when
 * all its parts have.
 *
 * <p>Thread-safe: {@code decided} lets exactly one thread say how the run ended, {@code parts} lets exactly one thread
 * find that nothing of it runs any more, and every other field is either final or volatile with one writer at a time.
 */
final class JobRun {

    /** What a run does. */
    @FunctionalInterface
    interface Body {

        /** Does the work; see {@link io.github.graceful4j.job.Job#run}. */
        void run(DefaultJobContext context) throws Exception;
    }

    /**
     * How a run ended.
     *
     * @param byItself whether it ended before it was told to
     */
    record Ending(
            JobOutcome outcome,
            boolean byItself,
            long tick,
            @Nullable Throwable failure,
            @Nullable StuckThread stuck) {}

    private final String name;
    private final JobKind kind;
    private final int phase;
    private final Body body;
    private final JobServices services;
    private final Cancellation cancellation = new Cancellation();
    private final AtomicInteger parts = new AtomicInteger(1);
    private final AtomicBoolean decided = new AtomicBoolean();
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> finished = new CompletableFuture<>();

    private volatile long startedTick;
    private volatile FlightLog.@Nullable Mark flight;
    private volatile long cancelledTick;
    private volatile boolean interrupted;
    private final AtomicReference<@Nullable Deadline> deadline = new AtomicReference<>();
    private volatile @Nullable Thread jobThread;
    private volatile @Nullable Thread callbackThread;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable StuckThread stuck;

    JobRun(String name, JobKind kind, int phase, Body body, JobServices services) {
        this.name = name;
        this.kind = kind;
        this.phase = phase;
        this.body = body;
        this.services = services;
    }

    String name() {
        return name;
    }

    /** Completes, never exceptionally, when the run has ended or was given up. */
    CompletableFuture<Ending> ending() {
        return ending;
    }

    /**
     * Completes, never exceptionally, when nothing of the run is running any more, given up or not; before
     * {@link #ending()} if it was not given up.
     */
    CompletableFuture<@Nullable Void> finished() {
        return finished;
    }

    boolean isEnded() {
        return ending.isDone();
    }

    boolean isCancelled() {
        return cancellation.isCancelled();
    }

    @Nullable
    String threadName() {
        Thread thread = jobThread;
        return thread == null || isEnded() ? null : thread.getName();
    }

    boolean runsOn(Thread thread) {
        return !finished.isDone() && (thread == jobThread || thread == callbackThread);
    }

    /** Starts the run with no time limit. */
    void start() {
        start(Deadline.never(services.ticker()));
    }

    /** Starts the run, and tells the job that it is given up at {@code limit}. */
    void start(Deadline limit) {
        if (!limit.isNever()) {
            deadline.set(limit);
        }
        startedTick = services.ticker().read();
        flight = services.flight().jobBegan();
        services.listeners().notify(listener -> listener.jobBegan(name, kind));
        try {
            if (kind == JobKind.RUNNING) {
                services.keepAlive().hold();
            }
            jobThread = startThread(name, this::runJob);
        } catch (Throwable e) {
            failure = e;
            partEnded();
        }
    }

    private Thread startThread(String partName, Runnable part) {
        Thread thread = services.threads().newThread("graceful-job-" + partName, () -> {
            JobMdc.put(name);
            part.run();
        });
        thread.start();
        return thread;
    }

    private void runJob() {
        jobThread = Thread.currentThread();
        try {
            body.run(new DefaultJobContext(
                    name, cancellation, this::effectiveDeadline, services.ticker(), this::runCallback));
        } catch (Throwable e) {
            if (!isCancellationOf(e)) {
                failure = e;
            }
        }
        partEnded();
    }

    private Deadline effectiveDeadline() {
        Deadline own = deadline.get();
        if (own != null) {
            return own;
        }
        ShutdownRequest request = services.request().get();
        return request == null ? Deadline.never(services.ticker()) : request.deadline();
    }

    private boolean isCancellationOf(Throwable thrown) {
        return isCancelled() && (thrown instanceof InterruptedException || thrown instanceof CancellationException);
    }

    /** Tells the job to end, and that it is given up at {@code limit}, or sooner if it was told so before. */
    void cancel(Deadline limit) {
        deadline.accumulateAndGet(limit, (own, other) -> own == null ? other : own.earlier(other));
        if (!isCancelled()) {
            cancelledTick = services.ticker().read();
        }
        // The part is added first, or a job that heeds its cancellation could end before its callbacks get their turn.
        boolean stillRuns = tryAddPart();
        List<Runnable> callbacks = cancellation.cancel();
        if (stillRuns) {
            runOnOwnThread(callbacks);
        }
    }

    private void runOnOwnThread(List<Runnable> callbacks) {
        if (callbacks.isEmpty()) {
            partEnded();
            return;
        }
        try {
            callbackThread = startThread(name + "-cancel", () -> runCallbacks(callbacks));
        } catch (Throwable e) {
            recordCallbackFailure(e);
            partEnded();
        }
    }

    private void runCallbacks(List<Runnable> callbacks) {
        callbackThread = Thread.currentThread();
        callbacks.forEach(this::runCallback);
        partEnded();
    }

    private boolean tryAddPart() {
        return parts.getAndUpdate(running -> running == 0 ? 0 : running + 1) > 0;
    }

    private void runCallback(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable e) {
            recordCallbackFailure(e);
        }
    }

    private void recordCallbackFailure(Throwable thrown) {
        services.errors().add(name, RecordedError.Source.CANCELLATION_CALLBACK, thrown);
        services.logger().warn("A cancellation callback of job '{}' failed", name, thrown);
    }

    /** Interrupts the job's threads, and keeps where they were just before. */
    void interrupt() {
        if (isEnded()) {
            return;
        }
        stuck = whereabouts();
        interrupted = true;
        interruptThreads();
    }

    private void interruptThreads() {
        interruptIfStarted(jobThread);
        interruptIfStarted(callbackThread);
    }

    private static void interruptIfStarted(@Nullable Thread thread) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Returns where the run's thread is now, or {@code null} if it has none. */
    @Nullable
    StuckThread whereabouts() {
        Thread job = jobThread;
        Thread thread = job != null && job.isAlive() ? job : callbackThread;
        return thread == null ? null : new StuckThread(thread.getName(), List.of(thread.getStackTrace()));
    }

    /** Stops waiting for the run, unless it has ended; a shutdown job is told to end and interrupted as well. */
    void giveUp() {
        if (isEnded()) {
            return;
        }
        StuckThread where = stuck == null ? whereabouts() : stuck;
        JobOutcome outcome = kind == JobKind.RUNNING ? JobOutcome.ABANDONED : JobOutcome.TIMED_OUT;
        Ending how = new Ending(outcome, false, services.ticker().read(), null, where);
        if (!decide(how)) {
            return;
        }
        end(how);
        if (kind == JobKind.SHUTDOWN) {
            cancel(effectiveDeadline());
            interruptThreads();
        }
    }

    /**
     * Takes a job that waits for the end of the shutdown for ended, since the shutdown would wait for it in turn: one
     * that called {@link System#exit}, which returns only then, if ever, and one that stops the phases itself.
     *
     * @param stopping the thread that stops the phases
     */
    void endIfWaitingForShutdown(Thread stopping) {
        if (!isEnded() && (runsOn(stopping) || isExiting(jobThread) || isExiting(callbackThread))) {
            Ending how =
                    new Ending(JobOutcome.COMPLETED, false, services.ticker().read(), null, null);
            if (decide(how)) {
                end(how);
            }
        }
    }

    private static boolean isExiting(@Nullable Thread thread) {
        return thread != null
                && Stream.of(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                                && frame.getMethodName().equals("exit"));
    }

    private void partEnded() {
        if (parts.decrementAndGet() > 0) {
            return;
        }
        cancellation.clearCallbacks();
        Throwable thrown = failure;
        Ending how = new Ending(
                outcomeOf(thrown), !isCancelled(), services.ticker().read(), thrown, interrupted ? stuck : null);
        boolean decides = decide(how);
        if (!decides && thrown != null) {
            services.errors().add(name, source(), thrown);
            services.logger().warn(fields(how), "Job '{}' failed after it was given up", name, thrown);
        }
        finished.complete(null);
        if (decides) {
            end(how);
        }
    }

    private JobOutcome outcomeOf(@Nullable Throwable thrown) {
        if (interrupted) {
            return JobOutcome.INTERRUPTED;
        }
        return thrown == null ? JobOutcome.COMPLETED : JobOutcome.FAILED;
    }

    private boolean decide(Ending how) {
        if (!decided.compareAndSet(false, true)) {
            return false;
        }
        record(how);
        JobResult result = resultOf(how);
        FlightLog.Mark mark = flight;
        if (mark != null) {
            mark.ended(result, phase);
        }
        Throwable thrown = how.failure();
        if (thrown != null) {
            services.listeners().notify(listener -> listener.jobFailed(name, kind, thrown));
        }
        services.listeners().notify(listener -> listener.jobEnded(result));
        return true;
    }

    private void end(Ending how) {
        ending.complete(how);
        if (kind == JobKind.RUNNING) {
            services.keepAlive().release();
        }
    }

    private void record(Ending how) {
        Throwable thrown = how.failure();
        if (thrown != null) {
            services.errors().add(name, source(), thrown);
        }
        switch (how.outcome()) {
            case COMPLETED, SKIPPED -> services.logger().debug("Job '{}' completed", name);
            case FAILED -> services.logger().warn(fields(how), "Job '{}' failed", name, thrown);
            case INTERRUPTED ->
                services.logger()
                        .warn(
                                fields(how),
                                "Job '{}' ended only after it was interrupted, at an age of {} ms; it was at {}",
                                name,
                                ageAt(how).toMillis(),
                                StackText.of(how.stuck()),
                                thrown);
            case ABANDONED, TIMED_OUT -> recordGivenUp(how);
        }
    }

    private void recordGivenUp(Ending how) {
        TimeoutException late = new TimeoutException("Job '" + name + "' had not ended when its time was up");
        StuckThread where = how.stuck();
        if (where != null) {
            late.setStackTrace(where.stack().toArray(StackTraceElement[]::new));
        }
        services.errors().add(name, source(), late);
        services.logger()
                .warn(
                        fields(how),
                        "Job '{}' had not ended when its time was up, at an age of {} ms, and is not waited for any"
                                + " more; it was at {}",
                        name,
                        ageAt(how).toMillis(),
                        StackText.of(where));
    }

    private LogFields fields(Ending how) {
        return LogFields.ofJob(name, kind, phase, how.outcome(), ageAt(how), how.stuck());
    }

    private RecordedError.Source source() {
        return kind == JobKind.RUNNING ? RecordedError.Source.RUNNING_JOB : RecordedError.Source.SHUTDOWN_JOB;
    }

    /** Returns how long the run has been going on, or went on. */
    Duration age() {
        Ending how = ending.getNow(null);
        long until = how == null ? services.ticker().read() : how.tick();
        return Duration.ofNanos(until - startedTick);
    }

    /**
     * Returns how far the run has come in the shutdown.
     *
     * @param snapshot where its job stands
     * @param locates whether to ask its thread where it is, if the shutdown waits for it
     */
    JobProgress progress(JobSnapshot snapshot, boolean locates) {
        Ending how = ending.getNow(null);
        if (how != null) {
            JobResult result = resultOf(how);
            return new JobProgress(snapshot, result.began(), result.elapsed(), result.stuck());
        }
        ShutdownRequest request = services.request().get();
        if (request == null || !(kind == JobKind.SHUTDOWN || isCancelled())) {
            return JobProgress.waiting(snapshot);
        }
        Duration began = request.since(kind == JobKind.SHUTDOWN ? startedTick : cancelledTick);
        Duration elapsed = request.since(services.ticker().read()).minus(began);
        StuckThread where = stuck == null && locates ? whereabouts() : stuck;
        return new JobProgress(snapshot, began, elapsed, where);
    }

    /** Returns what came of the run, which has ended. */
    JobResult result() {
        return resultOf(ending.join());
    }

    private JobResult resultOf(Ending how) {
        Duration began = Duration.ZERO;
        Duration elapsed = Duration.ZERO;
        ShutdownRequest request = services.request().get();
        if (request != null && (kind == JobKind.SHUTDOWN || !how.byItself())) {
            long asked = kind == JobKind.SHUTDOWN ? startedTick : cancelledTick;
            began = request.since(asked);
            elapsed = request.since(how.tick()).minus(began);
        }
        return new JobResult(name, kind, how.outcome(), began, elapsed, ageAt(how), how.failure(), how.stuck());
    }

    private Duration ageAt(Ending how) {
        return Duration.ofNanos(how.tick() - startedTick);
    }
}
