package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.RegisteredJob;
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

    private final List<? extends RegisteredJob> jobs;
    private final BitSet chosen = new BitSet();
    private final PriorityQueue<Timed> slowest = new PriorityQueue<>();

    /** Chooses among jobs whose phase has stopped. */
    JobListing(List<? extends RegisteredJob> jobs) {
        this.jobs = jobs;
        // Those that are told first end first, most likely. So the slowest come first, and displace nobody.
        for (int i = jobs.size() - 1; i >= 0; i--) {
            choose(i);
        }
        for (Timed timed : slowest) {
            chosen.set(timed.index());
        }
    }

    private void choose(int index) {
        RegisteredJob job = jobs.get(index);
        JobOutcome outcome = job.outcome();
        if (outcome != JobOutcome.COMPLETED && outcome != JobOutcome.SKIPPED) {
            chosen.set(index);
            return;
        }
        long elapsed = job.elapsedNanos();
        if (slowest.size() < PhaseResult.MOST_LISTED) {
            slowest.add(new Timed(index, elapsed));
        } else if (elapsed > slowest.element().elapsed()) {
            slowest.remove();
            slowest.add(new Timed(index, elapsed));
        }
    }

    /** Returns what came of the jobs that are chosen, in the order of all. */
    List<JobResult> listed() {
        List<JobResult> results = new ArrayList<>(chosen.cardinality());
        for (int i = chosen.nextSetBit(0); i >= 0; i = chosen.nextSetBit(i + 1)) {
            results.add(jobs.get(i).result());
        }
        return results;
    }

    /** Returns how many others there are. */
    int omitted() {
        return jobs.size() - chosen.cardinality();
    }
}
