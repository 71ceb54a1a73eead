package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.JobRun;
import io.github.graceful4j.job.JobOutcome;
import org.jspecify.annotations.Nullable;

/**
 * How each of many running jobs ended, noted as it does, side by side: whoever looks for a few of very many then looks
 * at no job, each of which is somewhere else in memory.
 *
 * <p>Thread-safe as far as it is needed: each place is written by one thread, before it counts down what is waited for,
 * and read by who waited.
 */
final class Ends {

    /** What {@link #wellAfter} returns for one that did not end well. */
    static final long NOT_WELL = -1;

    /** Shifted by one, so that what was never noted did not end well; the complement if there was nothing to stop. */
    private final long[] nanos;

    Ends(int size) {
        this.nanos = new long[size];
    }

    /** A run that was stopped has ended. */
    void ended(int place, JobRun run) {
        nanos[place] = 1 + (run.endedAs() == JobOutcome.COMPLETED ? run.elapsedNanos() : NOT_WELL);
    }

    /** There was nothing to stop: the last run, if there was any, had ended before. */
    void wasOver(int place, @Nullable JobRun run) {
        if (run == null) {
            nanos[place] = 1;
        } else {
            ended(place, run);
        }
        nanos[place] = ~nanos[place];
    }

    /** Returns whether there was nothing to stop. */
    boolean wasOver(int place) {
        return nanos[place] < 0;
    }

    /** Returns how much of the shutdown one took that ended well, in nanoseconds, or {@link #NOT_WELL}. */
    long wellAfter(int place) {
        long noted = nanos[place];
        return (noted < 0 ? ~noted : noted) - 1;
    }
}
