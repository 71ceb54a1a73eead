package io.github.graceful4j.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobOptionsTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    @DisplayName("C7: a job has no timeout of its own, and the manager's default phase, unless it says otherwise")
    void defaults() {
        RunningJobOptions running = RunningJobOptions.defaults();
        ShutdownJobOptions shutdown = ShutdownJobOptions.defaults();

        assertThat(running.timeout()).isEqualTo(Deadline.UNLIMITED);
        assertThat(running.phase()).isNull();
        assertThat(running.failurePolicy()).isEqualTo(FailurePolicy.recordOnly());
        assertThat(shutdown.timeout()).isEqualTo(Deadline.UNLIMITED);
        assertThat(shutdown.phase()).isNull();
        assertThat(shutdown.after()).isEmpty();
    }

    @Test
    @DisplayName("C7: options change one by one, and the ones before stay as they are")
    void optionsAreIndependent() {
        RunningJobOptions running = RunningJobOptions.defaults()
                .withPhase(1)
                .withTimeout(SECOND)
                .withFailurePolicy(FailurePolicy.shutDown());
        ShutdownJobOptions shutdown = ShutdownJobOptions.defaults()
                .withPhase(2)
                .withTimeout(SECOND)
                .withAfter("a")
                .withAfter("b", "a");

        assertThat(running.phase()).isEqualTo(1);
        assertThat(running.timeout()).isEqualTo(SECOND);
        assertThat(running.failurePolicy()).isEqualTo(FailurePolicy.shutDown());
        assertThat(shutdown.phase()).isEqualTo(2);
        assertThat(shutdown.timeout()).isEqualTo(SECOND);
        assertThat(shutdown.after()).containsExactlyInAnyOrder("a", "b");
        assertThat(ShutdownJobOptions.defaults().after()).isEmpty();
        Set<String> after = shutdown.after();
        assertThatThrownBy(() -> after.add("c")).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-2562047788015H"})
    @DisplayName("C7: a timeout of no time is refused, with what to write instead")
    void timeoutMustBePositive(Duration timeout) {
        String message = "Can't set the timeout of a job: it must be positive: " + timeout
                + " (use Deadline.UNLIMITED, the default, for no timeout of its own)";

        assertThatThrownBy(() -> RunningJobOptions.defaults().withTimeout(timeout))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> ShutdownJobOptions.defaults().withTimeout(timeout))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    @DisplayName("C7: a timeout longer than can be measured is none")
    void timeoutBeyondMeasure() {
        Duration ages = Duration.ofSeconds(Long.MAX_VALUE);

        assertThat(RunningJobOptions.defaults().withTimeout(ages)).isEqualTo(RunningJobOptions.defaults());
        assertThat(ShutdownJobOptions.defaults().withTimeout(ages)).isEqualTo(ShutdownJobOptions.defaults());
        assertThat(RunningJobOptions.defaults()
                        .withTimeout(Deadline.UNLIMITED.minusNanos(1))
                        .timeout())
                .isEqualTo(Deadline.UNLIMITED.minusNanos(1));
    }

    @Test
    @DisplayName("options are equal when they say the same, and say it in words")
    void equality() {
        RunningJobOptions running = RunningJobOptions.defaults().withPhase(1);
        ShutdownJobOptions shutdown = ShutdownJobOptions.defaults().withPhase(1);

        assertThat(RunningJobOptions.defaults().withPhase(1)).isEqualTo(running).hasSameHashCodeAs(running);
        assertThat(running)
                .isNotEqualTo(running.withPhase(2))
                .isNotEqualTo(running.withTimeout(SECOND))
                .isNotEqualTo(running.withFailurePolicy(FailurePolicy.restart()))
                .isNotEqualTo(RunningJobOptions.defaults())
                .hasToString("RunningJobOptions[phase=1, timeout=unlimited, failurePolicy=record only]");
        assertThat(ShutdownJobOptions.defaults().withPhase(1))
                .isEqualTo(shutdown)
                .hasSameHashCodeAs(shutdown);
        assertThat(shutdown)
                .isNotEqualTo(shutdown.withPhase(2))
                .isNotEqualTo(shutdown.withTimeout(SECOND))
                .isNotEqualTo(shutdown.withAfter("a"))
                .isNotEqualTo(ShutdownJobOptions.defaults())
                .hasToString("ShutdownJobOptions[phase=1, timeout=unlimited, after=[]]");
        assertThat(RunningJobOptions.defaults().withTimeout(SECOND).toString()).contains("phase=default, timeout=PT1S");
        assertThat(ShutdownJobOptions.defaults().withTimeout(SECOND).toString())
                .contains("phase=default, timeout=PT1S");
    }
}
