package io.github.graceful4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.StuckThread;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BarTests {

    private final IllegalStateException failed = new IllegalStateException("test");
    private final StuckThread stuckThread = new StuckThread("thread", List.of());

    private static JobResult result(
            String job,
            JobKind kind,
            JobOutcome outcome,
            int beganMillis,
            int millis,
            int ageMillis,
            @Nullable Throwable failure,
            @Nullable StuckThread stuck) {
        return new JobResult(
                job,
                kind,
                outcome,
                Duration.ofMillis(beganMillis),
                Duration.ofMillis(millis),
                Duration.ofMillis(ageMillis),
                failure,
                stuck);
    }

    private Bar bar(int phase) {
        return Bar.of(phase, result("job", JobKind.RUNNING, JobOutcome.FAILED, 1, 2, 3, failed, stuckThread));
    }

    @Test
    @DisplayName("C18: two bars are one only if they show the same job, and the very same failure")
    void equality() {
        assertThat(bar(0)).isEqualTo(bar(0)).hasSameHashCodeAs(bar(0)).isNotEqualTo(bar(1));
        assertThat(List.of(
                        result("other", JobKind.RUNNING, JobOutcome.FAILED, 1, 2, 3, failed, stuckThread),
                        result("job", JobKind.SHUTDOWN, JobOutcome.FAILED, 1, 2, 3, failed, stuckThread),
                        result("job", JobKind.RUNNING, JobOutcome.INTERRUPTED, 1, 2, 3, failed, stuckThread),
                        result("job", JobKind.RUNNING, JobOutcome.FAILED, 2, 2, 3, failed, stuckThread),
                        result("job", JobKind.RUNNING, JobOutcome.FAILED, 1, 3, 3, failed, stuckThread),
                        result("job", JobKind.RUNNING, JobOutcome.FAILED, 1, 2, 4, failed, stuckThread),
                        result(
                                "job",
                                JobKind.RUNNING,
                                JobOutcome.FAILED,
                                1,
                                2,
                                3,
                                new IllegalStateException("test"),
                                stuckThread),
                        result("job", JobKind.RUNNING, JobOutcome.FAILED, 1, 2, 3, failed, null)))
                .extracting(result -> Bar.of(0, result))
                .doesNotContain(bar(0));
    }

    @Test
    @DisplayName("C18: a bar says how long its job took, that it had ended before, or that it had no turn")
    void took() {
        assertThat(bar(0).took()).isEqualTo(DurationText.of(Duration.ofMillis(2)));
        assertThat(Bar.of(0, result("job", JobKind.RUNNING, JobOutcome.COMPLETED, 1, 0, 3, null, null))
                        .took())
                .isEqualTo("ended before");
        assertThat(Bar.of(0, result("job", JobKind.SHUTDOWN, JobOutcome.COMPLETED, 1, 0, 0, null, null))
                        .took())
                .isEqualTo(DurationText.of(Duration.ZERO));
        assertThat(Bar.of(0, result("job", JobKind.SHUTDOWN, JobOutcome.SKIPPED, 0, 0, 0, null, null))
                        .took())
                .isEqualTo("–");
    }
}
