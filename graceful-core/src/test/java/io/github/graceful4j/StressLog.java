package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.RecordedError.Source;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a round did and was told, and whether that adds up. */
final class StressLog implements ShutdownListener {

    private record Event(String what, boolean begins) {}

    private final Map<String, JobKind> accepted = new ConcurrentHashMap<>();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    private final Queue<String> ran = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger givenUp = new AtomicInteger();
    private volatile @Nullable GracefulManager manager;

    void accepted(String name, JobKind kind) {
        accepted.put(name, kind);
    }

    void refused() {
        refused.incrementAndGet();
    }

    void cancelled(String name) {
        assertThat(cancelled.add(name)).as("cancelled twice: %s", name).isTrue();
    }

    void ran(String name) {
        ran.add(name);
    }

    void fail() {
        IllegalStateException failure = new IllegalStateException("stress");
        thrown.add(failure);
        throw failure;
    }

    void ended(GracefulManager over) {
        manager = over;
    }

    @Override
    public void shutdownBegan(ShutdownReason reason, Duration gracePeriod) {
        events.add(new Event("shutdown", true));
    }

    @Override
    public void phaseBegan(int phase) {
        events.add(new Event("phase " + phase, true));
    }

    @Override
    public void jobBegan(String job, JobKind kind) {
        events.add(new Event(kind + " " + job, true));
    }

    @Override
    public void jobEnded(JobResult result) {
        if (isGivenUp(result)) {
            givenUp.incrementAndGet();
        }
        events.add(new Event(result.kind() + " " + result.job(), false));
    }

    @Override
    public void phaseEnded(PhaseResult result) {
        events.add(new Event("phase " + result.phase(), false));
    }

    @Override
    public void shutdownEnded(ShutdownReport report) {
        events.add(new Event("shutdown", false));
    }

    private static boolean isGivenUp(JobResult result) {
        return result.outcome() == JobOutcome.ABANDONED || result.outcome() == JobOutcome.TIMED_OUT;
    }

    /** Checks a round whose threads have all ended. */
    void check() {
        GracefulManager over = Objects.requireNonNull(manager, "the round has not ended");
        ShutdownReport report = over.done().toCompletableFuture().join();
        JobCountsTests.assertThatCountsAreRight(over);
        checkJobs(report);
        Map<String, Integer> begun = checkEvents();
        checkEventsAgainst(report, begun);
        checkErrors(over.errors());
    }

    private void checkJobs(ShutdownReport report) {
        List<String> reported = report.jobs().stream().map(JobResult::job).toList();
        Set<String> forgotten = new HashSet<>(accepted.keySet());
        reported.forEach(forgotten::remove);
        List<String> due = accepted.entrySet().stream()
                .filter(job -> job.getValue() == JobKind.SHUTDOWN && !cancelled.contains(job.getKey()))
                .map(Map.Entry::getKey)
                .toList();

        assertThat(reported).as("reported").doesNotHaveDuplicates();
        assertThat(accepted.keySet()).as("accepted").containsAll(reported);
        assertThat(cancelled).as("cancelled").containsAll(forgotten);
        assertThat(ran).as("shutdown jobs that ran").containsExactlyInAnyOrderElementsOf(due);
    }

    /** Checks that what began ended before it began again, and returns how often each has begun. */
    private Map<String, Integer> checkEvents() {
        Map<String, Integer> begun = new HashMap<>();
        Set<String> open = new HashSet<>();
        for (Event event : events) {
            boolean changes = event.begins() ? open.add(event.what()) : open.remove(event.what());
            assertThat(changes).as("%s in %s", event, events).isTrue();
            if (event.begins()) {
                begun.merge(event.what(), 1, Integer::sum);
            }
        }
        assertThat(open).as("begun but not ended").isEmpty();
        return begun;
    }

    private void checkEventsAgainst(ShutdownReport report, Map<String, Integer> begun) {
        assertThat(begun).as("events of the shutdown").containsEntry("shutdown", 1);
        for (PhaseResult phase : report.phases()) {
            assertThat(begun).containsEntry("phase " + phase.phase(), 1);
        }
        for (JobResult job : report.jobs()) {
            String event = job.kind() + " " + job.job();
            if (job.outcome() == JobOutcome.SKIPPED) {
                assertThat(begun).doesNotContainKey(event);
            } else if (job.kind() == JobKind.SHUTDOWN) {
                assertThat(begun).containsEntry(event, 1);
            } else {
                assertThat(begun).containsKey(event);
            }
        }
    }

    private void checkErrors(List<RecordedError> errors) {
        List<Throwable> ofJobs = errors.stream()
                .filter(StressLog::isOfJobs)
                .map(RecordedError::thrown)
                .filter(error -> !(error instanceof TimeoutException))
                .toList();
        long timeouts = errors.stream()
                .filter(StressLog::isOfJobs)
                .filter(error -> error.thrown() instanceof TimeoutException)
                .count();

        assertThat(ofJobs)
                .as("errors")
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .containsExactlyInAnyOrderElementsOf(thrown);
        assertThat(timeouts).as("timeouts").isEqualTo(givenUp.get());
        assertThat(errors.stream().filter(error -> !isOfJobs(error)))
                .as("other errors")
                .allMatch(error -> isOfObservers(error) && error.thrown() instanceof TimeoutException);
    }

    private static boolean isOfJobs(RecordedError error) {
        return error.source() != Source.SHUTDOWN && !isOfObservers(error);
    }

    /** Returns whether it is about who may be late where time is moved on by hand. */
    private static boolean isOfObservers(RecordedError error) {
        return error.source() == Source.LISTENER || error.source() == Source.LOG;
    }
}
