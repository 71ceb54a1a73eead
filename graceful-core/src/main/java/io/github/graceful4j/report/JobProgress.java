package io.github.graceful4j.report;

import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.StuckThread;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far one job has come in a shutdown that is under way.
 *
 * @param snapshot where it stands
 * @param began how long after the shutdown was requested the job was told to end (a running job) or was started (a
 *     shutdown job); zero if it had ended before; {@code null} while that has not happened
 * @param elapsed how much of the shutdown it has taken from then, up to its end or up to now
 * @param where where its thread is now, or was when the job had outlasted its time; {@code null} if it did not outlast
 *     it and has no thread
 */
public record JobProgress(
        JobSnapshot snapshot,
        @Nullable Duration began,
        Duration elapsed,
        @Nullable StuckThread where) {

    /**
     * Returns the progress of a job that has not had its turn.
     *
     * @param snapshot where it stands
     */
    public static JobProgress waiting(JobSnapshot snapshot) {
        return new JobProgress(snapshot, null, Duration.ZERO, null);
    }
}
