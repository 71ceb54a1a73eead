package io.github.graceful4j.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where one job stood at the moment it was asked for.
 *
 * @param job the name the job was registered under
 * @param kind which kind of job it is
 * @param phase the phase it stops or runs in
 * @param state where it stands
 * @param age how long it has been running, or ran; zero if it never started
 * @param restarts how often it was restarted after a failure
 * @param outcome how it ended, or {@code null} while it has not
 * @param lastFailure what it threw last, or {@code null} if it never failed
 * @param thread the name of the thread it runs on, or {@code null} while it runs on none
 */
public record JobSnapshot(
        String job,
        JobKind kind,
        int phase,
        JobState state,
        Duration age,
        long restarts,
        @Nullable JobOutcome outcome,
        @Nullable Throwable lastFailure,
        @Nullable String thread) {

    /** Tells no more of a failure than its class: what it says of itself may be anything, and take any time. */
    @Override
    public String toString() {
        return "JobSnapshot[job=" + job + ", kind=" + kind + ", phase=" + phase + ", state=" + state + ", age=" + age
                + ", restarts=" + restarts + ", outcome=" + outcome + ", lastFailure="
                + (lastFailure == null ? null : lastFailure.getClass().getName()) + ", thread=" + thread + "]";
    }
}
