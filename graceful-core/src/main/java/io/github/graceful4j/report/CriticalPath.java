package io.github.graceful4j.report;

import io.github.graceful4j.job.JobResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds what a shutdown waited for: what ended last, before that what had ended last when it began, and so on. Making
 * anything else faster would not have made the shutdown faster.
 */
final class CriticalPath {

    /** Steps that took less are no trouble to anybody, and there may be many of them. */
    private static final Duration SHORTEST_STEP = Duration.ofMillis(10);

    /** What follows upon something else is seen by another thread, and may so seem to have begun a little before. */
    private static final Duration TOLERANCE = Duration.ofMillis(5);

    private CriticalPath() {}

    /** Returns what a shutdown waited for, what took longest first. */
    static List<WaitedFor> of(List<PhaseResult> phases, List<StepResult> steps, Duration drain) {
        List<WaitedFor> path = new ArrayList<>();
        if (drain.compareTo(SHORTEST_STEP) >= 0) {
            path.add(WaitedFor.ofDrain(endOfStart(steps), drain));
        }
        for (PhaseResult phase : phases) {
            for (JobResult job : phase.blame()) {
                path.add(WaitedFor.of(job));
            }
        }
        if (!steps.isEmpty()) {
            addSteps(steps, path);
            path = backwardsFromTheEnd(path);
        }
        if (path.size() > 1) {
            path.sort(Comparator.comparing(WaitedFor::elapsed).reversed());
        }
        return path;
    }

    /** A drain begins when the application has started. */
    private static Duration endOfStart(List<StepResult> steps) {
        return steps.stream()
                .filter(step -> step.kind() == StepResult.Kind.START)
                .map(StepResult::ended)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static void addSteps(List<StepResult> steps, List<WaitedFor> to) {
        for (StepResult step : steps) {
            if (step.elapsed().compareTo(SHORTEST_STEP) >= 0) {
                to.add(WaitedFor.of(step));
            }
        }
    }

    private static List<WaitedFor> backwardsFromTheEnd(List<WaitedFor> all) {
        List<WaitedFor> latestFirst = new ArrayList<>(all);
        latestFirst.sort(Comparator.comparing(WaitedFor::ended)
                .thenComparing(WaitedFor::elapsed)
                .reversed());
        List<WaitedFor> path = new ArrayList<>();
        WaitedFor next = null;
        for (WaitedFor candidate : latestFirst) {
            if (next == null || hadEndedWhenItBegan(candidate, next)) {
                path.add(candidate);
                next = candidate;
            }
        }
        return path;
    }

    private static boolean hadEndedWhenItBegan(WaitedFor candidate, WaitedFor next) {
        return candidate.began().compareTo(next.began()) <= 0
                && candidate.ended().compareTo(next.began().plus(TOLERANCE)) <= 0;
    }
}
