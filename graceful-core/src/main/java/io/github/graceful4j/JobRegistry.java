package io.github.graceful4j;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs there are, and up to which phase they are started and stopped.
 *
 * <p>Thread-safe: all state is guarded by {@code this}. A job is started under that lock, so that none is missed or
 * started twice by a registration that runs beside {@link #start}; starting only starts a thread.
 */
final class JobRegistry {

    // Phases use the whole range of an int, so that "below the lowest" and "above the highest" need a long.
    private static final long BELOW_ALL = Integer.MIN_VALUE - 1L;
    private static final long ABOVE_ALL = Integer.MAX_VALUE + 1L;

    private final Supplier<@Nullable ShutdownRequest> request;
    private final Supplier<Long> now;
    private final Map<String, RunningJob> runningJobs = new LinkedHashMap<>();
    private final Map<String, ShutdownJob> shutdownJobs = new LinkedHashMap<>();
    private long startedUpTo = BELOW_ALL;
    private long stoppedDownTo = ABOVE_ALL;
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
        startIfDue(job);
    }

    synchronized void add(ShutdownJob job) {
        checkName(job.name(), JobKind.SHUTDOWN, shutdownJobs);
        ShutdownRequest requested = request.get();
        if (requested != null && job.phase() >= stoppedDownTo) {
            throw tooLate(
                    job.name(), "its phase " + job.phase() + " has begun to stop in a shutdown that began", requested);
        }
        JobGraph.check(job, shutdownJobs);
        if (everStarted) {
            JobGraph.checkComplete(job, shutdownJobs);
        }
        shutdownJobs.put(job.name(), job);
    }

    private static void checkName(String name, JobKind kind, Map<String, ?> taken) {
        String what = kind == JobKind.RUNNING ? "running" : "shutdown";
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "Can't register a " + what + " job: its name must not be blank: '" + name + "'");
        }
        if (taken.containsKey(name)) {
            throw new IllegalArgumentException(
                    "Can't register job '" + name + "': a " + what + " job of that name is registered already");
        }
    }

    private IllegalStateException tooLate(String name, String why, ShutdownRequest requested) {
        return new IllegalStateException("Can't register job '" + name + "': " + why + " "
                + requested.since(now.get()).toMillis() + " ms ago (reason: " + requested.reason() + ")");
    }

    synchronized void remove(RunningJob job) {
        runningJobs.remove(job.name(), job);
    }

    /** Forgets a shutdown job that never ran, unless its phase is being reported on. */
    synchronized void remove(ShutdownJob job) {
        if (job.phase() < stoppedDownTo) {
            shutdownJobs.remove(job.name(), job);
        }
    }

    /**
     * Starts the running jobs of all phases up to {@code phase}, lowest first, and those registered there later.
     *
     * @throws IllegalArgumentException if a shutdown job has to run after one that is not registered
     */
    synchronized void start(int phase) {
        if (request.get() != null) {
            return;
        }
        if (!everStarted) {
            shutdownJobs.values().forEach(job -> JobGraph.checkComplete(job, shutdownJobs));
            everStarted = true;
        }
        startedUpTo = Math.max(startedUpTo, phase);
        runningJobs.values().stream()
                .filter(job -> job.phase() <= phase)
                .sorted((a, b) -> Integer.compare(a.phase(), b.phase()))
                .forEach(this::startIfDue);
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

    synchronized boolean isStarted() {
        return everStarted;
    }

    /** Sees to it that no job of {@code phase} or above is started, and returns those that were. */
    synchronized List<RunningJob> holdDownTo(int phase) {
        startedUpTo = Math.min(startedUpTo, phase - 1L);
        return runningJobs.values().stream().filter(job -> job.phase() >= phase).toList();
    }

    /**
     * Takes the highest phase that has jobs and has not begun to stop; from then on, it has.
     *
     * @param lowest the lowest phase to take
     * @return the phase, or empty if there is none; then nothing can be registered down to {@code lowest} any more
     */
    synchronized OptionalInt takeHighestPhase(int lowest) {
        OptionalInt highest = phasesOf(runningJobs.values(), shutdownJobs.values())
                .filter(phase -> phase >= lowest && phase < stoppedDownTo)
                .max();
        stoppedDownTo = highest.isPresent() ? highest.getAsInt() : Math.min(stoppedDownTo, lowest);
        return highest;
    }

    synchronized List<RunningJob> runningJobs(int phase) {
        return runningJobs.values().stream().filter(job -> job.phase() == phase).toList();
    }

    synchronized List<ShutdownJob> shutdownJobs(int phase) {
        return shutdownJobs.values().stream()
                .filter(job -> job.phase() == phase)
                .toList();
    }

    /** Returns whether a shutdown job is left to run in {@code phase} or below. */
    synchronized boolean hasShutdownJobs(int phase) {
        return shutdownJobs.values().stream().anyMatch(job -> job.phase() <= phase);
    }

    synchronized SortedSet<Integer> phases() {
        TreeSet<Integer> phases = new TreeSet<>();
        phasesOf(runningJobs.values(), shutdownJobs.values()).forEach(phases::add);
        return phases.descendingSet();
    }

    private static IntStream phasesOf(Collection<RunningJob> running, Collection<ShutdownJob> shutdown) {
        return IntStream.concat(
                running.stream().mapToInt(RunningJob::phase), shutdown.stream().mapToInt(ShutdownJob::phase));
    }

    synchronized int size() {
        return runningJobs.size() + shutdownJobs.size();
    }

    /** Returns the last run of each job, started or not. */
    synchronized List<JobRun> allRuns() {
        return runs().toList();
    }

    synchronized List<JobSnapshot> snapshot() {
        List<JobSnapshot> jobs = new ArrayList<>();
        runningJobs.values().forEach(job -> jobs.add(job.snapshot()));
        shutdownJobs.values().forEach(job -> jobs.add(job.snapshot()));
        return List.copyOf(jobs);
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
                shutdownJobs.values().stream().map(ShutdownJob::run));
    }
}
