package io.github.graceful4j.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of one job.
 *
 * @param job the name the job was registered under
 * @param kind which kind of job it was
 * @param outcome how the job ended
 * @param began how long after the shutdown was requested the job was told to end (a running job) or was started (a
 *     shutdown job); zero if it had ended before
 * @param elapsed how much of the shutdown the job took from then; zero if it had ended before
 * @param age how long the job had been running when it ended or was given up; zero if it never started
 * @param failure what the job threw, or {@code null} if it threw nothing that counts as a failure
 * @param stuck where the job's thread was when it had outlasted its time; {@code null} if it did not, and for most
 *     where very many jobs did at once
 */
public record JobResult(
        String job,
        JobKind kind,
        JobOutcome outcome,
        Duration began,
        Duration elapsed,
        Duration age,
        @Nullable Throwable failure,
        @Nullable StuckThread stuck) {

    /**
     * Returns the result of a job that never started.
     *
     * @param job the name the job was registered under
     * @param kind which kind of job it is
     */
    public static JobResult skipped(String job, JobKind kind) {
        return new JobResult(job, kind, JobOutcome.SKIPPED, Duration.ZERO, Duration.ZERO, Duration.ZERO, null, null);
    }

    /** Tells no more of a failure than its class: what it says of itself may be anything, and take any time. */
    @Override
    public String toString() {
        return "JobResult[job=" + job + ", kind=" + kind + ", outcome=" + outcome + ", began=" + began + ", elapsed="
                + elapsed + ", age=" + age + ", failure="
                + (failure == null ? null : failure.getClass().getName()) + ", stuck="
                + (stuck == null ? null : stuck.name()) + "]";
    }
}
