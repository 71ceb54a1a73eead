package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.JobCounts;
import io.github.graceful4j.internal.job.JobRun;
import io.github.graceful4j.internal.job.RegisteredJob;
import io.github.graceful4j.internal.job.RunningJob;
import io.github.graceful4j.internal.job.ShutdownJob;
import io.github.graceful4j.internal.job.ShutdownRequest;
import io.github.graceful4j.job.InvalidJobException;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobQuery;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.report.JobProgress;
import io.github.graceful4j.report.PlainText;
import io.github.graceful4j.time.Ticker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs there are, and up to which phase they are started and stopped.
 *
 * <p>Thread-safe: all state is guarded by {@code this}. A job is started under that lock, so that none is missed or
 * started twice by a registration that runs beside {@link #start}; starting only starts a thread.
 */
final class JobRegistry implements IntSupplier {

    /** A stack trace takes time of the very thread that is waited for, so not every thread is asked for one. */
    private static final int MOST_LOCATED = 100;

    private final AtomicReference<@Nullable ShutdownRequest> request;
    private final Ticker ticker;
    private final Map<String, RunningJob> runningJobs = new LinkedHashMap<>();
    private final JobGraph shutdownJobs = new JobGraph();
    private final ByPhase<RunningJob> runningByPhase = new ByPhase<>();
    private final ByPhase<ShutdownJob> shutdownByPhase = new ByPhase<>();
    private final SourceRegistry sources = new SourceRegistry();
    private long startedUpTo = ByPhase.BELOW_ALL;
    private long stoppedDownTo = ByPhase.ABOVE_ALL;
    private boolean everStarted;

    /** How many running jobs have not ended by themselves. */
    private int live;

    private final JobCounts counts = new JobCounts();
    private volatile int size;

    JobRegistry(AtomicReference<@Nullable ShutdownRequest> request, Ticker ticker) {
        this.request = request;
        this.ticker = ticker;
    }

    synchronized void add(RunningJob job) {
        checkName(job.name(), JobKind.RUNNING, runningJobs);
        ShutdownRequest requested = request.get();
        if (requested != null) {
            throw tooLate(job.name(), "shutdown began", requested);
        }
        // A request that comes from here on stops the job, since it takes the phase under this lock.
        runningJobs.put(job.name(), job);
        runningByPhase.add(job);
        job.registered(true);
        countLive(job, true);
        countJobs();
        startIfDue(job);
    }

    /** Counts a job among those that have not ended by themselves, or not any more; returns whether that is new. */
    private boolean countLive(RunningJob job, boolean isLive) {
        boolean isNew = job.setLive(isLive);
        if (isNew) {
            live += isLive ? 1 : -1;
        }
        return isNew;
    }

    synchronized void add(ShutdownJob job) {
        checkName(job.name(), JobKind.SHUTDOWN, shutdownJobs.byName());
        ShutdownRequest requested = request.get();
        if (requested != null && job.phase() >= stoppedDownTo) {
            throw tooLate(
                    job.name(), "its phase " + job.phase() + " has begun to stop in a shutdown that began", requested);
        }
        shutdownJobs.add(job, everStarted);
        shutdownByPhase.add(job);
        job.registered(true);
        countJobs();
    }

    synchronized void add(RunningJob source, SourceStop stop) {
        checkName(source.name(), JobKind.SOURCE, sources.byName());
        ShutdownRequest requested = request.get();
        if (requested != null) {
            throw tooLate("register work source", source.name(), "shutdown began", requested);
        }
        // A request that comes from here on stops it, since it takes the phase under this lock.
        sources.add(source, stop);
        source.registered(true);
        countJobs();
    }

    private void countJobs() {
        size = runningJobs.size() + shutdownJobs.all().size() + sources.size();
    }

    private static String wordOf(JobKind kind) {
        if (kind == JobKind.SOURCE) {
            return "work source";
        }
        return kind == JobKind.RUNNING ? "running job" : "shutdown job";
    }

    private static void checkName(String name, JobKind kind, Map<String, ?> taken) {
        String what = wordOf(kind);
        if (isBlank(name)) {
            throw new InvalidJobException(
                    "Can't register a " + what + ": its name must not be blank: '" + name + "'",
                    "Give it a name",
                    List.of());
        }
        if (!isPlain(name)) {
            throw new InvalidJobException(
                    "Can't register a " + what + ": its name must not have line breaks, control or invisible"
                            + " characters, which could pass for something else in a log: '" + PlainText.of(name)
                            + "'",
                    "Give it a name of visible characters",
                    List.of());
        }
        if (taken.containsKey(name)) {
            throw new InvalidJobException(
                    "Can't register " + (kind == JobKind.SOURCE ? what : "job") + " '" + name + "': a " + what
                            + " of that name is registered already",
                    "Give each " + what + " a name of its own",
                    List.of(name));
        }
    }

    private static boolean isBlank(String name) {
        for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
            int character = name.codePointAt(i);
            if (!Character.isWhitespace(character) && !Character.isSpaceChar(character)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
            if (Character.getType(name.codePointAt(i)) == Character.FORMAT) {
                return false;
            }
        }
        return PlainText.of(name).equals(name);
    }

    private IllegalStateException tooLate(String name, String why, ShutdownRequest requested) {
        return tooLate("register job", name, why, requested);
    }

    private IllegalStateException tooLate(String what, String name, String why, ShutdownRequest requested) {
        // Not the failure that may be a part of the reason: it is foreign, and asking it could block under the lock.
        return new IllegalStateException("Can't " + what + " '" + name + "': " + why + " "
                + requested.allowance().at(ticker.read()).toMillis() + " ms ago (reason: "
                + requested.reason().description() + ")");
    }

    /** Forgets a running job, or a work source, that is never started again. */
    synchronized void remove(RunningJob job) {
        if (job.kind() == JobKind.SOURCE) {
            sources.remove(job);
            job.registered(false);
            countJobs();
            return;
        }
        runningJobs.remove(job.name(), job);
        runningByPhase.remove(job);
        job.registered(false);
        countLive(job, false);
        countJobs();
    }

    /** Forgets a shutdown job that never ran, unless its phase is being reported on. */
    synchronized void remove(ShutdownJob job) {
        if (job.phase() < stoppedDownTo && shutdownJobs.remove(job)) {
            shutdownByPhase.remove(job);
            job.registered(false);
            countJobs();
        }
    }

    /**
     * Starts the running jobs of all phases up to {@code phase}, lowest first, and those registered there later.
     *
     * @throws InvalidJobException if a shutdown job has to run after one that is not registered
     */
    synchronized void start(int phase) {
        if (request.get() != null) {
            return;
        }
        if (!everStarted) {
            shutdownJobs.checkComplete();
            everStarted = true;
        }
        List<RunningJob> due = runningByPhase.between(startedUpTo, phase);
        startedUpTo = Math.max(startedUpTo, phase);
        for (RunningJob job : due) {
            startIfDue(job);
        }
    }

    private void startIfDue(RunningJob job) {
        if (job.phase() <= startedUpTo) {
            job.start();
        }
    }

    /**
     * Takes note that a running job runs no more. It is started where its phase was paused and started again while it
     * had not finished yet.
     *
     * @return whether all running jobs, of which this was the last, have ended by themselves
     */
    boolean finished(RunningJob job) {
        // Not under the lock: in a shutdown, all of very many jobs come by here.
        return request.get() == null && startsNoMore(job);
    }

    private synchronized boolean startsNoMore(RunningJob job) {
        if (request.get() != null) {
            return false;
        }
        startIfDue(job);
        return job.endedByItself() && countLive(job, false) && live == 0 && everStarted;
    }

    /**
     * Sees to it that a running job is not started until it is {@link #release(String) released}, and returns it.
     *
     * @throws IllegalArgumentException if there is none of that name
     * @throws IllegalStateException if shutdown was requested
     */
    synchronized RunningJob hold(String name) {
        RunningJob job = controllable("stop", name);
        job.hold();
        return job;
    }

    /**
     * Starts a running job that was stopped, or ended by itself, if its phase is started; else it starts with that. One
     * that still runs from before starts again when that has ended.
     *
     * @throws IllegalArgumentException if there is none of that name
     * @throws IllegalStateException if shutdown was requested, or the job is being forgotten
     */
    synchronized void release(String name) {
        // A request that comes from here on stops the job, since it takes the phase under this lock.
        RunningJob job = controllable("start", name);
        if (!job.release()) {
            throw new IllegalStateException("Can't start job '" + name + "': it is being forgotten");
        }
        countLive(job, true);
        startIfDue(job);
    }

    private RunningJob controllable(String what, String name) {
        RunningJob job = runningJobs.get(name);
        if (job == null) {
            throw new IllegalArgumentException(
                    "Can't " + what + " job '" + PlainText.of(name) + "': no running job of that name is registered");
        }
        ShutdownRequest requested = request.get();
        if (requested != null) {
            throw tooLate(what + " job", name, "shutdown began", requested);
        }
        return job;
    }

    /** Returns the first running jobs that ended by a failure of their own. */
    synchronized List<JobSnapshot> failed(int limit) {
        return runningJobs.values().stream()
                .filter(RunningJob::isFailed)
                .limit(limit)
                .map(RunningJob::snapshot)
                .toList();
    }

    /** Returns a job, or {@code null} if there is none. */
    synchronized @Nullable RegisteredJob job(String name, JobKind kind) {
        if (kind == JobKind.SOURCE) {
            return sources.byName().get(name);
        }
        return kind == JobKind.RUNNING
                ? runningJobs.get(name)
                : shutdownJobs.byName().get(name);
    }

    /** Returns the last run of a job, or {@code null} if it has none. */
    @Nullable
    JobRun run(String name, JobKind kind) {
        RegisteredJob job = job(name, kind);
        return job == null ? null : job.run();
    }

    synchronized boolean isStarted() {
        return everStarted;
    }

    /**
     * Sees to it that no job of {@code phase} or above is started.
     *
     * @return the running jobs of each of these phases, highest phase first
     */
    synchronized List<List<RunningJob>> holdDownTo(int phase) {
        startedUpTo = Math.min(startedUpTo, phase - 1L);
        return runningByPhase
                .phases()
                .filter(each -> each >= phase)
                .sorted(Comparator.reverseOrder())
                .map(runningByPhase::in)
                .toList();
    }

    /**
     * Takes the highest phase that has jobs and has not begun to stop; from then on, it has.
     *
     * @param lowest the lowest phase to take
     * @return the phase, or empty if there is none; then nothing can be registered down to {@code lowest} any more
     */
    synchronized OptionalInt takeHighestPhase(int lowest) {
        long highest = Math.max(
                sources.highestBelow(stoppedDownTo),
                Math.max(runningByPhase.highestBelow(stoppedDownTo), shutdownByPhase.highestBelow(stoppedDownTo)));
        if (highest < lowest) {
            stoppedDownTo = Math.min(stoppedDownTo, lowest);
            return OptionalInt.empty();
        }
        stoppedDownTo = highest;
        return OptionalInt.of((int) highest);
    }

    synchronized List<RunningJob> runningJobs(int phase) {
        return runningByPhase.in(phase);
    }

    synchronized List<RunningJob> sources(int phase) {
        return sources.in(phase);
    }

    /** Returns what stops a work source, or {@code null} if there is none of that name. */
    synchronized @Nullable SourceStop sourceStop(String name) {
        return sources.stop(name);
    }

    synchronized List<ShutdownJob> shutdownJobs(int phase) {
        return shutdownByPhase.in(phase);
    }

    /** Returns whether a shutdown job is left to run in {@code phase} or below. */
    synchronized boolean hasShutdownJobs(int phase) {
        return shutdownByPhase.hasUpTo(phase);
    }

    synchronized SortedSet<Integer> phases() {
        TreeSet<Integer> phases = new TreeSet<>();
        Stream.concat(runningByPhase.phases(), shutdownByPhase.phases()).forEach(phases::add);
        sources.phases().forEach(phases::add);
        return phases.descendingSet();
    }

    /** Returns what keeps count of the jobs by their state. */
    JobCounts counts() {
        return counts;
    }

    /** Returns how many jobs there are; does not wait for whoever changes that. */
    int size() {
        return size;
    }

    @Override
    public int getAsInt() {
        return size();
    }

    /** Returns the last run of each job that was started. */
    List<JobRun> allRuns() {
        List<JobRun> runs = new ArrayList<>();
        for (RegisteredJob job : allJobs()) {
            JobRun run = job.run();
            if (run != null) {
                runs.add(run);
            }
        }
        return runs;
    }

    /** Returns where each job stands. */
    List<JobSnapshot> snapshot() {
        return allJobs().stream().map(RegisteredJob::snapshot).toList();
    }

    /** Returns where some of the jobs stand. */
    synchronized List<JobSnapshot> snapshot(JobQuery query) {
        return Stream.of(JobKind.values())
                .filter(kind -> query.kind() == null || query.kind() == kind)
                .flatMap(this::of)
                .filter(job -> job.name().contains(query.name()))
                .filter(job -> query.state() == null || query.state() == job.state())
                .skip(query.offset())
                .limit(query.limit())
                .map(RegisteredJob::snapshot)
                .toList();
    }

    private Stream<? extends RegisteredJob> of(JobKind kind) {
        if (kind == JobKind.SOURCE) {
            return sources.all().stream();
        }
        return kind == JobKind.RUNNING ? runningJobs.values().stream() : shutdownJobs.all().stream();
    }

    /** Returns how far the jobs have come, except for those of {@code stopped} phases. */
    List<JobProgress> progress(Set<Integer> stopped) {
        List<JobProgress> progress = new ArrayList<>();
        int located = 0;
        for (RegisteredJob job : allJobs()) {
            if (!stopped.contains(job.phase())) {
                JobProgress next = job.progress(located < MOST_LOCATED);
                located += next.where() == null ? 0 : 1;
                progress.add(next);
            }
        }
        return progress;
    }

    /** Returns the name of the job that runs on {@code thread}, or {@code null} if none does. */
    @Nullable
    String jobOn(Thread thread) {
        // The threads of jobs are daemons, so that most who ask cost nothing.
        if (thread.isDaemon()) {
            for (JobRun run : allRuns()) {
                if (run.runsOn(thread)) {
                    return run.name();
                }
            }
        }
        return null;
    }

    private synchronized List<RegisteredJob> allJobs() {
        List<RegisteredJob> jobs = new ArrayList<>(runningJobs.values());
        jobs.addAll(sources.all());
        jobs.addAll(shutdownJobs.all());
        return jobs;
    }
}
