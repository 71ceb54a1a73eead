package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.RegisteredJob;
import io.github.graceful4j.internal.job.RunningJob;
import io.github.graceful4j.internal.job.ShutdownJob;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.PhaseResult;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Chooses which jobs of a phase its result tells of: each that did not end well, and of the others as many as somebody
 * might look at, those that took longest. Confined to one thread.
 */
final class JobListing {

    private record Timed(int index, long elapsed) implements Comparable<Timed> {

        @Override
        public int compareTo(Timed other) {
            return Long.compare(elapsed, other.elapsed);
        }
    }

    private final List<RunningJob> running;
    private final List<ShutdownJob> shutdown;
    private final BitSet chosen = new BitSet();
    private final PriorityQueue<Timed> slowest = new PriorityQueue<>();

    /**
     * Chooses among the jobs of a phase that has stopped.
     *
     * @param ends how the running jobs ended, which are looked at only if they are chosen
     */
    JobListing(List<RunningJob> running, Ends ends, List<ShutdownJob> shutdown) {
        this.running = running;
        this.shutdown = shutdown;
        for (int i = shutdown.size() - 1; i >= 0; i--) {
            choose(running.size() + i, wellAfter(shutdown.get(i)));
        }
        // Those that are told first end first, most likely. So the slowest come first, and displace nobody.
        for (int i = running.size() - 1; i >= 0; i--) {
            choose(i, ends.wellAfter(i));
        }
        for (Timed timed : slowest) {
            chosen.set(timed.index());
        }
    }

    private static long wellAfter(ShutdownJob job) {
        JobOutcome outcome = job.outcome();
        boolean isWell = outcome == JobOutcome.COMPLETED || outcome == JobOutcome.SKIPPED;
        return isWell ? job.elapsedNanos() : Ends.NOT_WELL;
    }

    private void choose(int index, long wellAfter) {
        if (wellAfter == Ends.NOT_WELL) {
            chosen.set(index);
        } else if (slowest.size() < PhaseResult.MOST_LISTED) {
            slowest.add(new Timed(index, wellAfter));
        } else if (wellAfter > slowest.element().elapsed()) {
            slowest.remove();
            slowest.add(new Timed(index, wellAfter));
        }
    }

    /** Returns what came of the jobs that are chosen, in the order of all. */
    List<JobResult> listed() {
        List<JobResult> results = new ArrayList<>(chosen.cardinality());
        for (int i = chosen.nextSetBit(0); i >= 0; i = chosen.nextSetBit(i + 1)) {
            results.add(job(i).result());
        }
        return results;
    }

    /** Returns how many others there are. */
    int omitted() {
        return running.size() + shutdown.size() - chosen.cardinality();
    }

    private RegisteredJob job(int index) {
        return index < running.size() ? running.get(index) : shutdown.get(index - running.size());
    }
}
