package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.report.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the thread that closes a context was seen at, from time to time, and so how long it was at each. What it was at
 * is taken to have begun, and ended, halfway between the look that saw it and the one that did not.
 *
 * <p>Thread-safe: what changes is guarded by {@code this}, which is held for nothing that takes long.
 */
final class ClosingThreadSamples {

    /** What took less may have been seen by chance. */
    private static final long SHORTEST = 50_000_000;

    private final BlockingBeans beans;
    private final List<Stay> stays = new ArrayList<>();
    private @Nullable Stay current;
    private long looked;

    /**
     * What the thread is at.
     *
     * @param kind how it came there
     * @param name the name of the bean, or of its class where it is no bean
     * @param type the name of the class
     */
    record Seen(StepResult.Kind kind, String name, String type) {}

    private record Stay(@Nullable Seen seen, long began, long ended) {}

    ClosingThreadSamples(BlockingBeans beans) {
        this.beans = beans;
    }

    /** Returns what a thread with a stack is at; {@code null} if that is nothing of a bean. */
    @Nullable
    Seen look(StackTraceElement[] stack) {
        return beans.seen(stack);
    }

    /**
     * Adds what was seen.
     *
     * @param now when that was
     * @param since when it can have begun at the earliest
     */
    synchronized void add(@Nullable Seen seen, long now, long since) {
        Stay before = current;
        if (before != null && Objects.equals(before.seen(), seen)) {
            looked = now;
            return;
        }
        long changed = Math.max(looked, since) + (now - Math.max(looked, since)) / 2;
        end(before, changed);
        current = new Stay(seen, changed, changed);
        looked = now;
    }

    /** Whatever the thread was at, it is at something else now. */
    synchronized void end(long now) {
        end(current, looked + (now - looked) / 2);
        current = null;
        looked = now;
    }

    private void end(@Nullable Stay stay, long ended) {
        if (stay != null && stay.seen() != null && ended - stay.began() >= SHORTEST) {
            stays.add(new Stay(stay.seen(), stay.began(), ended));
        }
    }

    /** Returns the name of what the thread is at, if it was seen there for long; {@code null} if not. */
    synchronized @Nullable String current(long now) {
        Stay last = current;
        if (last == null || now - last.began() < SHORTEST) {
            return null;
        }
        Seen seen = last.seen();
        return seen == null ? null : seen.name();
    }

    /** Returns what took long up to now; what the thread is still at has not ended in time. */
    synchronized List<StepResult> steps(long zero, long now) {
        List<StepResult> steps = new ArrayList<>();
        for (Stay stay : stays) {
            add(stay, stay.ended(), false, zero, steps);
        }
        Stay last = current;
        if (last != null) {
            add(last, now, true, zero, steps);
        }
        return steps;
    }

    private static void add(Stay stay, long ended, boolean timedOut, long zero, List<StepResult> to) {
        Seen seen = stay.seen();
        if (seen != null) {
            to.add(new StepResult(
                    seen.kind(),
                    seen.name(),
                    seen.type(),
                    null,
                    Duration.ofNanos(Math.max(0, stay.began() - zero)),
                    Duration.ofNanos(Math.max(0, ended - stay.began())),
                    timedOut));
        }
    }
}
