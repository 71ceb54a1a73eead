package io.github.graceful4j.internal.job;

import io.github.graceful4j.internal.observe.JobMdc;
import io.github.graceful4j.internal.observe.Observers;
import io.github.graceful4j.job.CancellationCallback;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.StuckThread;
import io.github.graceful4j.report.JobProgress;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a job on its own thread, from its start to its end or until it is given up; and the context that
 * tells the job when to end.
 *
 * <p>A run has one part, the job itself, and a second one if there are callbacks to run on cancellation; it ends when
 * all its parts have. Whoever decides how it ended, be it the last part or who gives it up, also ends it, whatever
 * happens in between: between the two there is nothing but our own code, which does not wait.
 *
 * <p>Thread-safe: {@code parts}, {@code decided}, {@code watcher} and its place are guarded by {@code this}, but for
 * the place once the run has ended, from when on it stays; how it ended is written once, by who decided, and
 * {@code outcome} last of it, which is volatile; every other field is final or volatile with one writer at a time.
 */
public final class JobRun extends Cancellation implements Cancellable, Runnable {

    private static final String THREAD = "graceful-job-";

    /** Is told that a run has ended or was given up, on the thread where that happens; does not block. */
    @FunctionalInterface
    public interface Watcher {

        /**
         * A run has ended.
         *
         * @param place what the watcher knows it by
         */
        void runEnded(JobRun run, int place);
    }

    private final RegisteredJob job;
    private final long startedTick;
    private int parts = 1;
    private boolean decided;
    private @Nullable Watcher watcher;
    private int watchedPlace;

    // How it ended, in the run itself: of very many that end together, nothing else is to be made or looked up.
    private volatile @Nullable JobOutcome outcome;
    private boolean endedByItself;
    private long endedTick;

    private volatile boolean finished;
    private volatile boolean interrupted;
    private volatile boolean keepsAlive;
    private volatile long cancelledTick;
    private volatile @Nullable TimeLimit limit;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Thread callbackThread;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable StuckThread stuck;
    private volatile @Nullable Object recorded;

    /** Creates a run that begins now. */
    JobRun(RegisteredJob job) {
        this.job = job;
        this.startedTick = job.environment().ticker().read();
    }

    /** Returns the job that this is a run of. */
    public RegisteredJob job() {
        return job;
    }

    /** Returns whether the run has ended or was given up. */
    public boolean isEnded() {
        return outcome != null;
    }

    /** Returns whether nothing of the run is running any more, given up or not. */
    public boolean isFinished() {
        return finished;
    }

    @Override
    public String name() {
        return job.name();
    }

    @Override
    public Cancellation cancellation() {
        return this;
    }

    @Override
    public Duration remaining() {
        return deadline().remaining();
    }

    private Deadline deadline() {
        TimeLimit own = limit;
        return own == null ? job.environment().shutdownDeadline() : own.deadline();
    }

    @Override
    public boolean awaitCancellation(Duration duration) throws InterruptedException {
        return await(Deadline.after(duration, ticker()));
    }

    @Override
    public CancellationCallback onCancel(Runnable callback) {
        Objects.requireNonNull(callback, "callback");
        CancellationCallback added = tryAdd(callback);
        if (added == null) {
            runCallback(callback);
            return () -> false;
        }
        return added;
    }

    @Override
    public String toString() {
        return "JobContext[" + name() + (isCancelled() ? ", cancelled]" : "]");
    }

    private Ticker ticker() {
        return job.environment().ticker();
    }

    private Observers observers() {
        return job.environment().observers();
    }

    /**
     * Starts the run.
     *
     * @param ownLimit when the job is given up, or {@code null} while nothing but a shutdown limits it
     */
    void start(@Nullable TimeLimit ownLimit) {
        limit = ownLimit;
        try {
            recorded = observers().jobBegan(name(), job.kind());
            if (job.kind() == JobKind.RUNNING) {
                job.environment().keepAlive().hold();
                keepsAlive = true;
            }
            thread = startThread("", this);
        } catch (Throwable e) {
            if (job.kind() == JobKind.SHUTDOWN && e instanceof OutOfMemoryError) {
                runWithoutOwnThread();
            } else {
                failure = e;
                partEnded();
            }
        }
    }

    /** A shutdown job that can't get a thread runs on one that is there, or at least on this one. */
    private void runWithoutOwnThread() {
        if (!job.environment().host().runElsewhere(this::runUnlessGivenUp)) {
            run();
            thread = null;
            JobMdc.remove();
        }
    }

    /** It may have waited for that thread until its time was up. */
    private void runUnlessGivenUp() {
        if (isEnded()) {
            partEnded();
        } else {
            run();
        }
    }

    private Thread startThread(String suffix, Runnable part) {
        Thread started = job.environment().threads().newThread(THREAD + name() + suffix, part);
        job.prepare(started);
        started.start();
        return started;
    }

    /** Does the job's work, on the job's thread. */
    @Override
    public void run() {
        thread = Thread.currentThread();
        JobMdc.put(name());
        try {
            job.work().run(this);
        } catch (Throwable e) {
            if (!isCancellationOf(e)) {
                failure = e;
            }
        }
        partEnded();
    }

    private boolean isCancellationOf(Throwable thrown) {
        return isCancelled() && (thrown instanceof InterruptedException || thrown instanceof CancellationException);
    }

    /** Tells the job to end, and that it is given up at {@code newLimit}, or sooner if it was told so before. */
    public void cancel(TimeLimit newLimit) {
        cancel(newLimit, null, 0);
    }

    /**
     * Tells the job to end, as {@link #cancel} does, unless it has ended, and has somebody told when it has.
     *
     * @param newWatcher is told, once, whatever happens here; at once if the run has ended
     * @param place what the watcher knows the run by
     * @return whether it had not ended
     */
    public boolean stop(TimeLimit newLimit, Watcher newWatcher, int place) {
        return cancel(newLimit, newWatcher, place);
    }

    private boolean cancel(TimeLimit newLimit, @Nullable Watcher newWatcher, int place) {
        long now = now();
        boolean watches = false;
        boolean stillRuns;
        List<Callback> called;
        try {
            synchronized (this) {
                if (newWatcher != null) {
                    if (isEnded()) {
                        return false;
                    }
                    add(newWatcher, place);
                    watches = true;
                }
                TimeLimit before = limit;
                limit = before == null ? newLimit : before.or(newLimit);
                if (!isCancelled()) {
                    cancelledTick = now;
                }
                called = wakeUp();
                stillRuns = parts > 0;
                // They are a part before anybody sees the cancellation, or a job that heeds it could end before them.
                if (stillRuns && !called.isEmpty()) {
                    parts++;
                }
            }
        } finally {
            if (newWatcher != null && !watches) {
                newWatcher.runEnded(this, place);
            }
        }
        if (!called.isEmpty()) {
            List<Runnable> foreign = callOurs(called);
            if (stillRuns) {
                runOnOwnThread(foreign);
            }
        }
        // Last, since the part that was added has to end, whatever happens here.
        job.changed();
        return true;
    }

    private void runOnOwnThread(List<Runnable> callbacks) {
        if (callbacks.isEmpty()) {
            partEnded();
            return;
        }
        try {
            callbackThread = startThread("-cancel", () -> runCallbacks(callbacks));
        } catch (Throwable e) {
            if (e instanceof OutOfMemoryError && job.environment().host().runElsewhere(() -> runCallbacks(callbacks))) {
                return;
            }
            observers().callbackFailed(name(), e);
            partEnded();
        }
    }

    private void runCallbacks(List<Runnable> callbacks) {
        callbackThread = Thread.currentThread();
        JobMdc.put(name());
        callbacks.forEach(this::runCallback);
        partEnded();
    }

    private void runCallback(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable e) {
            observers().callbackFailed(name(), e);
        }
    }

    /**
     * Interrupts the job's threads.
     *
     * @param locates whether to keep where they were just before, which takes a while
     */
    public void interrupt(boolean locates) {
        if (isEnded()) {
            return;
        }
        if (locates) {
            stuck = whereabouts();
        }
        interrupted = true;
        interruptIfStarted(thread);
        interruptIfStarted(callbackThread);
    }

    private static void interruptIfStarted(@Nullable Thread started) {
        if (started != null) {
            started.interrupt();
        }
    }

    /** Returns where the run's thread is now, or {@code null} if it has none. */
    public @Nullable StuckThread whereabouts() {
        Thread own = thread;
        Thread asked = own != null && own.isAlive() ? own : callbackThread;
        return asked == null || finished ? null : new StuckThread(asked.getName(), List.of(asked.getStackTrace()));
    }

    /**
     * Stops waiting for the run, unless it has ended; a shutdown job is told to end and interrupted as well.
     *
     * @param locates whether to keep where it is, if that is not known yet, which takes a while
     */
    public void giveUp(boolean locates) {
        if (isEnded()) {
            return;
        }
        StuckThread where = stuck == null && locates ? whereabouts() : stuck;
        if (!tryEnd(job.kind() == JobKind.SHUTDOWN ? JobOutcome.TIMED_OUT : JobOutcome.ABANDONED, where)) {
            return;
        }
        if (job.kind() == JobKind.SHUTDOWN) {
            cancel(this::deadline);
            // Not the callbacks, which only begin now.
            interruptIfStarted(thread);
        }
    }

    /**
     * Takes a job that waits for the end of the shutdown for ended, since the shutdown would wait for it in turn: one
     * that called {@link System#exit}, which returns only then, if ever, and one that stops the phases itself.
     *
     * @param stopping the thread that stops the phases
     * @param looksForExits whether to look for the first of these, which takes the stack of a thread
     */
    public void endIfWaitingForShutdown(Thread stopping, boolean looksForExits) {
        if (!isEnded() && (runsOn(stopping) || (looksForExits && (isExiting(thread) || isExiting(callbackThread))))) {
            tryEnd(JobOutcome.COMPLETED, null);
        }
    }

    private static boolean isExiting(@Nullable Thread asked) {
        return asked != null
                && Stream.of(asked.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                                && frame.getMethodName().equals("exit"));
    }

    /** Returns whether a part of the run is on {@code asked} and has not returned. */
    public boolean runsOn(Thread asked) {
        return !finished && (asked.equals(thread) || asked.equals(callbackThread));
    }

    private void partEnded() {
        boolean quiet = isQuiet();
        long now = now();
        boolean decides;
        boolean isOver = false;
        Watcher told = null;
        synchronized (this) {
            parts--;
            if (parts > 0) {
                return;
            }
            decides = !decided;
            decided = true;
            dropCallbacks();
            finished = true;
            if (decides && quiet && outcomeOfWork() == JobOutcome.COMPLETED) {
                isOver = true;
                endedByItself = !isCancelled();
                // It may have been told in between.
                endedTick = endedByItself || now - cancelledTick > 0 ? now : cancelledTick;
                stuck = null;
                told = publish(JobOutcome.COMPLETED);
            }
        }
        try {
            if (isOver) {
                tellEnd(told);
            } else if (decides) {
                end(outcomeOfWork(), !isCancelled(), interrupted ? stuck : null);
            } else {
                tellLateFailure();
            }
        } finally {
            job.finished(this);
        }
    }

    /** Returns whether nobody wants to be told if the run completed: then it ends in one go with its last part. */
    private boolean isQuiet() {
        try {
            return !observers().wantEndOf(JobOutcome.COMPLETED);
        } catch (Throwable e) {
            return false;
        }
    }

    private JobOutcome outcomeOfWork() {
        if (interrupted) {
            return JobOutcome.INTERRUPTED;
        }
        return failure == null ? JobOutcome.COMPLETED : JobOutcome.FAILED;
    }

    /** It was given up before, as which it is reported; but what it threw is told of. */
    private void tellLateFailure() {
        Throwable thrown = failure;
        if (thrown != null) {
            JobResult late = resultOf(outcomeOfWork(), !isCancelled(), now(), thrown, stuck);
            observers().jobFailedLate(late, job.phase(), thrown);
        }
    }

    /** Ends the run, unless somebody else has decided how it ended. */
    private boolean tryEnd(JobOutcome how, @Nullable StuckThread where) {
        synchronized (this) {
            if (decided) {
                return false;
            }
            decided = true;
        }
        end(how, false, where);
        return true;
    }

    private void end(JobOutcome how, boolean byItself, @Nullable StuckThread where) {
        endedTick = now();
        endedByItself = byItself;
        stuck = where;
        try {
            if (observers().wantEndOf(how)) {
                observers().jobEnded(result(how), job.phase(), recorded);
            }
        } catch (Throwable e) {
            // The last memory is gone: nobody is told, but the shutdown goes on.
        } finally {
            end(how);
        }
    }

    /** A ticker of somebody else's must keep no run from its end. */
    private long now() {
        try {
            return ticker().read();
        } catch (Throwable e) {
            return startedTick;
        }
    }

    private void end(JobOutcome how) {
        Watcher told;
        synchronized (this) {
            told = publish(how);
        }
        tellEnd(told);
    }

    /** Makes known how the run ended, and returns who is to be told. The caller holds the lock. */
    private @Nullable Watcher publish(JobOutcome how) {
        outcome = how;
        Watcher told = watcher;
        watcher = null;
        return told;
    }

    /** Nobody else changes the place of who is told, since nobody can be added any more. */
    private void tellEnd(@Nullable Watcher told) {
        if (keepsAlive) {
            job.environment().keepAlive().release();
        }
        try {
            job.ended(this);
        } finally {
            // Whatever the job makes of it: who waits for the run waits for nothing else.
            if (told != null) {
                told.runEnded(this, watchedPlace);
            }
        }
    }

    /**
     * Has somebody told when the run ends.
     *
     * @return whether it will be: not if it has ended
     */
    public synchronized boolean watch(Watcher newWatcher) {
        if (isEnded()) {
            return false;
        }
        add(newWatcher, 0);
        return true;
    }

    private void add(Watcher newWatcher, int place) {
        Watcher before = watcher;
        int placeBefore = watchedPlace;
        watcher = before == null
                ? newWatcher
                : (run, unused) -> {
                    before.runEnded(run, placeBefore);
                    newWatcher.runEnded(run, place);
                };
        watchedPlace = place;
    }

    /** Returns whether the job's work was begun, for which it needs a thread. */
    boolean hasRun() {
        return thread != null;
    }

    /** Returns whether the run ended before it was told to. */
    boolean endedByItself() {
        return isEnded() && endedByItself;
    }

    /** Returns how the run ended, or {@code null} while it has not. */
    @Nullable
    JobOutcome outcome() {
        return outcome;
    }

    /** Returns what the job threw at its end, or {@code null} if it threw nothing that counts. */
    @Nullable
    Throwable failure() {
        return failureOf(outcome);
    }

    /** What a job throws after it was given up is none of its end. */
    private @Nullable Throwable failureOf(@Nullable JobOutcome how) {
        return how == JobOutcome.FAILED || how == JobOutcome.INTERRUPTED ? failure : null;
    }

    @Nullable
    String threadName() {
        Thread own = thread;
        return own == null || isEnded() ? null : own.getName();
    }

    /** Returns how long the run has been going on, or went on. */
    Duration age() {
        return Duration.ofNanos((isEnded() ? endedTick : ticker().read()) - startedTick);
    }

    /** Returns when the run ended by the ticker; it has. */
    public long endedTick() {
        requireEnded();
        return endedTick;
    }

    /** Returns how the run ended, which it has. */
    public JobOutcome endedAs() {
        return requireEnded();
    }

    /** Returns how much of the shutdown it took from when it was told to end, or as a shutdown job began. */
    public long elapsedNanos() {
        requireEnded();
        if (job.kind() == JobKind.SHUTDOWN) {
            return endedTick - startedTick;
        }
        ShutdownRequest request = job.environment().host().request();
        if (request == null || endedByItself) {
            return 0;
        }
        return request.allowance().nanosAt(endedTick) - request.allowance().nanosAt(cancelledTick);
    }

    /** Returns what came of the run, which has ended. */
    public JobResult result() {
        return result(requireEnded());
    }

    private JobOutcome requireEnded() {
        return Objects.requireNonNull(outcome, "outcome");
    }

    private JobResult result(JobOutcome how) {
        return resultOf(how, endedByItself, endedTick, failureOf(how), stuck);
    }

    private JobResult resultOf(
            JobOutcome how, boolean byItself, long ended, @Nullable Throwable thrown, @Nullable StuckThread where) {
        Duration began = Duration.ZERO;
        Duration elapsed = Duration.ZERO;
        ShutdownRequest request = job.environment().host().request();
        if (request != null && (job.kind() == JobKind.SHUTDOWN || !byItself)) {
            began = request.allowance().at(job.kind() == JobKind.SHUTDOWN ? startedTick : cancelledTick);
            elapsed = request.allowance().at(ended).minus(began);
        }
        Duration age = Duration.ofNanos(ended - startedTick);
        return new JobResult(name(), job.kind(), how, began, elapsed, age, thrown, where);
    }

    JobProgress progress(JobSnapshot snapshot, boolean locates) {
        JobOutcome how = outcome;
        if (how != null) {
            JobResult result = result(how);
            return new JobProgress(snapshot, result.began(), result.elapsed(), result.stuck());
        }
        ShutdownRequest request = job.environment().host().request();
        if (request == null || !(job.kind() == JobKind.SHUTDOWN || isCancelled())) {
            return JobProgress.waiting(snapshot);
        }
        Duration began = request.allowance().at(job.kind() == JobKind.SHUTDOWN ? startedTick : cancelledTick);
        Duration elapsed = request.allowance().at(ticker().read()).minus(began);
        StuckThread where = stuck == null && locates ? whereabouts() : stuck;
        return new JobProgress(snapshot, began, elapsed, where);
    }
}
