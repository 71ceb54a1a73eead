package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.RegisteredJob;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.PhaseResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Chooses which jobs of a phase its result tells of: each that did not end well, and of the others as many as somebody
 * might look at, those that took longest. Confined to one thread.
 */
final class JobListing {

    private record Timed(RegisteredJob job, long elapsed) implements Comparable<Timed> {

        @Override
        public int compareTo(Timed other) {
            return Long.compare(elapsed, other.elapsed);
        }
    }

    private final List<RegisteredJob> all = new ArrayList<>();
    private final PriorityQueue<Timed> slowest = new PriorityQueue<>();
    private int endedWell;

    /** Adds a job whose phase has stopped. */
    void add(RegisteredJob job) {
        all.add(job);
        if (endedWell(job)) {
            endedWell++;
            addIfSlow(job, job.elapsedNanos());
        }
    }

    private void addIfSlow(RegisteredJob job, long elapsed) {
        if (endedWell <= PhaseResult.MOST_LISTED) {
            slowest.add(new Timed(job, elapsed));
        } else if (elapsed > slowest.element().elapsed()) {
            slowest.remove();
            slowest.add(new Timed(job, elapsed));
        }
    }

    private static boolean endedWell(RegisteredJob job) {
        JobOutcome outcome = job.outcome();
        return outcome == JobOutcome.COMPLETED || outcome == JobOutcome.SKIPPED;
    }

    /** Returns what came of the jobs that are chosen, in the order in which they were added. */
    List<JobResult> listed() {
        Set<RegisteredJob> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Timed timed : slowest) {
            chosen.add(timed.job());
        }
        List<JobResult> results = new ArrayList<>();
        for (RegisteredJob job : all) {
            if (!endedWell(job) || chosen.contains(job)) {
                results.add(job.result());
            }
        }
        return results;
    }

    /** Returns how many others there are. */
    int omitted() {
        return endedWell - slowest.size();
    }
}
