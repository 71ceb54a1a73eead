package io.github.graceful4j;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.report.JobProgress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs there are, and up to which phase they are started and stopped.
 *
 * <p>Thread-safe: all state is guarded by {@code this}. A job is started under that lock, so that none is missed or
 * started twice by a registration that runs beside {@link #start}; starting only starts a thread.
 */
final class JobRegistry {

    /** A stack trace takes time of the very thread that is waited for, so not every thread is asked for one. */
    private static final int MOST_LOCATED = 100;

    private final Supplier<@Nullable ShutdownRequest> request;
    private final Supplier<Long> now;
    private final Map<String, RunningJob> runningJobs = new LinkedHashMap<>();
    private final JobGraph shutdownJobs = new JobGraph();
    private final ByPhase<RunningJob> runningByPhase = new ByPhase<>();
    private final ByPhase<ShutdownJob> shutdownByPhase = new ByPhase<>();
    private long startedUpTo = ByPhase.BELOW_ALL;
    private long stoppedDownTo = ByPhase.ABOVE_ALL;
    private boolean everStarted;

    JobRegistry(Supplier<@Nullable ShutdownRequest> request, Supplier<Long> now) {
        this.request = request;
        this.now = now;
    }

    synchronized void add(RunningJob job) {
        checkName(job.name(), JobKind.RUNNING, runningJobs);
        ShutdownRequest requested = request.get();
        if (requested != null) {
            throw tooLate(job.name(), "shutdown began", requested);
        }
        // A request that comes from here on stops the job, since it takes the phase under this lock.
        runningJobs.put(job.name(), job);
        runningByPhase.add(job.phase(), job);
        startIfDue(job);
    }

    synchronized void add(ShutdownJob job) {
        checkName(job.name(), JobKind.SHUTDOWN, shutdownJobs.byName());
        ShutdownRequest requested = request.get();
        if (requested != null && job.phase() >= stoppedDownTo) {
            throw tooLate(
                    job.name(), "its phase " + job.phase() + " has begun to stop in a shutdown that began", requested);
        }
        shutdownJobs.add(job, everStarted);
        shutdownByPhase.add(job.phase(), job);
    }

    private static void checkName(String name, JobKind kind, Map<String, ?> taken) {
        String what = kind == JobKind.RUNNING ? "running" : "shutdown";
        if (name.isBlank()) {
            throw new InvalidJobException(
                    "Can't register a " + what + " job: its name must not be blank: '" + name + "'",
                    "Give it a name",
                    List.of());
        }
        if (taken.containsKey(name)) {
            throw new InvalidJobException(
                    "Can't register job '" + name + "': a " + what + " job of that name is registered already",
                    "Give each " + what + " job a name of its own",
                    List.of(name));
        }
    }

    private IllegalStateException tooLate(String name, String why, ShutdownRequest requested) {
        return tooLate("register", name, why, requested);
    }

    private IllegalStateException tooLate(String what, String name, String why, ShutdownRequest requested) {
        return new IllegalStateException("Can't " + what + " job '" + name + "': " + why + " "
                + requested.since(now.get()).toMillis() + " ms ago (reason: " + requested.reason() + ")");
    }

    synchronized void remove(RunningJob job) {
        runningJobs.remove(job.name(), job);
        runningByPhase.remove(job.phase(), job);
    }

    /** Forgets a shutdown job that never ran, unless its phase is being reported on. */
    synchronized void remove(ShutdownJob job) {
        if (job.phase() < stoppedDownTo && shutdownJobs.remove(job)) {
            shutdownByPhase.remove(job.phase(), job);
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
        due.forEach(this::startIfDue);
    }

    private void startIfDue(RunningJob job) {
        if (job.phase() > startedUpTo) {
            return;
        }
        JobRun run = job.start();
        if (run != null) {
            CompletableFuture.allOf(run.ending(), run.finished()).thenRun(() -> startAgainIfDue(job));
        }
    }

    /** Starts a job whose phase was paused and started again while its earlier run had not finished yet. */
    private void startAgainIfDue(RunningJob job) {
        if (request.get() != null) {
            return;
        }
        synchronized (this) {
            if (request.get() == null) {
                startIfDue(job);
            }
        }
    }

    /**
     * Sees to it that a running job is not started until it is {@link #release(String) released}, and returns it.
     *
     * @throws IllegalArgumentException if there is none of that name
     * @throws IllegalStateException if shutdown was requested
     */
    synchronized HeldJob hold(String name) {
        RunningJob job = controllable("stop", name);
        return new HeldJob(job, job.hold());
    }

    /** A job that is held, and what it ran as until then, or {@code null} if it was never started. */
    record HeldJob(RunningJob job, @Nullable JobRun run) {}

    /**
     * Starts a running job that was held, or ended by itself, if its phase is started; else it starts with that. One
     * that still runs from before starts again when that has ended.
     *
     * @throws IllegalArgumentException if there is none of that name
     * @throws IllegalStateException if shutdown was requested, or its registration cancelled
     */
    synchronized void release(String name) {
        // A request that comes from here on stops the job, since it takes the phase under this lock.
        RunningJob job = controllable("start", name);
        if (!job.release()) {
            throw new IllegalStateException("Can't start job '" + name + "': its registration was cancelled");
        }
        startIfDue(job);
    }

    private RunningJob controllable(String what, String name) {
        RunningJob job = runningJobs.get(name);
        if (job == null) {
            throw new IllegalArgumentException(
                    "Can't " + what + " job '" + name + "': no running job of that name is registered");
        }
        ShutdownRequest requested = request.get();
        if (requested != null) {
            throw tooLate(what, name, "shutdown began", requested);
        }
        return job;
    }

    /** Returns the running jobs that ended by a failure of their own. */
    synchronized List<JobSnapshot> failed() {
        return runningJobs.values().stream()
                .filter(RunningJob::isFailed)
                .map(RunningJob::snapshot)
                .toList();
    }

    /** Returns the last run of a job, or {@code null} if it has none. */
    synchronized @Nullable JobRun run(String name, JobKind kind) {
        if (kind == JobKind.RUNNING) {
            RunningJob job = runningJobs.get(name);
            return job == null ? null : job.run();
        }
        ShutdownJob job = shutdownJobs.byName().get(name);
        return job == null ? null : job.run();
    }

    synchronized boolean isStarted() {
        return everStarted;
    }

    /** Sees to it that no job of {@code phase} or above is started, and returns those that were. */
    synchronized List<RunningJob> holdDownTo(int phase) {
        startedUpTo = Math.min(startedUpTo, phase - 1L);
        return runningByPhase.between(phase - 1L, Integer.MAX_VALUE);
    }

    /**
     * Takes the highest phase that has jobs and has not begun to stop; from then on, it has.
     *
     * @param lowest the lowest phase to take
     * @return the phase, or empty if there is none; then nothing can be registered down to {@code lowest} any more
     */
    synchronized OptionalInt takeHighestPhase(int lowest) {
        long highest =
                Math.max(runningByPhase.highestBelow(stoppedDownTo), shutdownByPhase.highestBelow(stoppedDownTo));
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
        return phases.descendingSet();
    }

    synchronized int size() {
        return runningJobs.size() + shutdownJobs.all().size();
    }

    /** Returns the last run of each job, started or not. */
    synchronized List<JobRun> allRuns() {
        return runs().toList();
    }

    synchronized List<JobSnapshot> snapshot() {
        List<JobSnapshot> jobs = new ArrayList<>();
        runningJobs.values().forEach(job -> jobs.add(job.snapshot()));
        shutdownJobs.all().forEach(job -> jobs.add(job.snapshot()));
        return List.copyOf(jobs);
    }

    /** Returns how far the jobs have come, except for those of {@code stopped} phases. */
    List<JobProgress> progress(Set<Integer> stopped) {
        List<JobProgress> progress = new ArrayList<>();
        int located = 0;
        for (Function<Boolean, JobProgress> job : progressible(stopped)) {
            JobProgress next = job.apply(located < MOST_LOCATED);
            located += next.where() == null ? 0 : 1;
            progress.add(next);
        }
        return progress;
    }

    private synchronized List<Function<Boolean, JobProgress>> progressible(Set<Integer> stopped) {
        List<Function<Boolean, JobProgress>> jobs = new ArrayList<>();
        runningJobs.values().stream()
                .filter(job -> !stopped.contains(job.phase()))
                .forEach(job -> jobs.add(job::progress));
        shutdownJobs.all().stream()
                .filter(job -> !stopped.contains(job.phase()))
                .forEach(job -> jobs.add(job::progress));
        return jobs;
    }

    /** Returns the name of the job that runs on {@code thread}, or {@code null} if none does. */
    synchronized @Nullable String jobOn(Thread thread) {
        return runs().filter(run -> run.runsOn(thread))
                .map(JobRun::name)
                .findFirst()
                .orElse(null);
    }

    private Stream<JobRun> runs() {
        return Stream.concat(
                runningJobs.values().stream().map(RunningJob::run).flatMap(Stream::ofNullable),
                shutdownJobs.all().stream().map(ShutdownJob::run));
    }
}
