package io.github.graceful4j.internal.job;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobState;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs there are of each kind and in each state, kept as that changes, so that whoever asks looks at none of
 * them.
 *
 * <p>Thread-safe, as the counters are. Each job moves from state to state under its own lock, and is counted once; a
 * sum that is taken while jobs move may miss one that is on its way.
 */
public final class JobCounts {

    private static final int STATES = JobState.values().length;

    private final LongAdder[] counts = new LongAdder[JobKind.values().length * STATES];

    /** Creates counts of no jobs. */
    public JobCounts() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /**
     * Moves a job, if it is elsewhere now.
     *
     * @param from where it was counted last, or {@code null} if it is new
     * @param to where it is now, or {@code null} if it is not there any more
     * @return where it is counted from now on: {@code to}
     */
    @Nullable
    JobState move(JobKind kind, @Nullable JobState from, @Nullable JobState to) {
        if (from != to) {
            if (from != null) {
                of(kind, from).decrement();
            }
            if (to != null) {
                of(kind, to).increment();
            }
        }
        return to;
    }

    /** Returns how many jobs of a kind are in a state. */
    public long count(JobKind kind, JobState state) {
        return Math.max(0, of(kind, state).sum());
    }

    @SuppressWarnings("EnumOrdinal") // an index that nobody keeps
    private LongAdder of(JobKind kind, JobState state) {
        return counts[kind.ordinal() * STATES + state.ordinal()];
    }
}
