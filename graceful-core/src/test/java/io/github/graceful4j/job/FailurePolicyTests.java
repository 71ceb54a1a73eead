package io.github.graceful4j.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.job.FailurePolicy.Action;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailurePolicyTests {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** Longer than what converts to nanoseconds. */
    private static final Duration AGES = Duration.ofSeconds(Long.MAX_VALUE);

    private static void assertIllegal(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    @DisplayName("C12: a failure is recorded, shuts down, or restarts the job; each policy says what follows at last")
    void policiesSayWhatFollows() {
        assertThat(FailurePolicy.recordOnly().action()).isEqualTo(Action.RECORD);
        assertThat(FailurePolicy.recordOnly().shutsDownAtLast()).isFalse();
        assertThat(FailurePolicy.shutDown().action()).isEqualTo(Action.SHUT_DOWN);
        assertThat(FailurePolicy.shutDown().shutsDownAtLast()).isTrue();
        assertThat(FailurePolicy.restart().action()).isEqualTo(Action.RESTART);
        assertThat(FailurePolicy.restart().shutsDownAtLast()).isFalse();
        assertThat(FailurePolicy.restart().withLimit(3, HOUR).shutsDownAtLast()).isFalse();
        assertThat(FailurePolicy.restart().withLimitThenShutDown(3, HOUR).shutsDownAtLast())
                .isTrue();
    }

    @Test
    @DisplayName("C12: by default a job is restarted any number of times, after a second to a minute")
    void defaults() {
        RestartPolicy policy = FailurePolicy.restart();

        assertThat(policy.initialDelay()).isEqualTo(SECOND);
        assertThat(policy.maxDelay()).isEqualTo(Duration.ofMinutes(1));
        assertThat(policy.limit()).isEqualTo(Integer.MAX_VALUE);
        assertThat(policy.within()).isEqualTo(Deadline.UNLIMITED);
    }

    @Test
    @DisplayName("C12: delays and the limit are set apart from each other")
    void delaysAndLimitAreIndependent() {
        RestartPolicy policy = FailurePolicy.restart()
                .withLimitThenShutDown(3, HOUR)
                .withDelay(Duration.ofMillis(1), Duration.ofMillis(1));

        assertThat(policy.limit()).isEqualTo(3);
        assertThat(policy.within()).isEqualTo(HOUR);
        assertThat(policy.shutsDownAtLast()).isTrue();
        assertThat(policy.initialDelay()).isEqualTo(Duration.ofMillis(1));
        assertThat(policy.maxDelay()).isEqualTo(Duration.ofMillis(1));
        assertThat(policy.withLimit(1, SECOND).maxDelay()).isEqualTo(Duration.ofMillis(1));
    }

    @ParameterizedTest
    @CsvSource({"PT1S,PT2S", "PT2S,PT4S", "PT3S,PT6S", "PT4S,PT7S", "PT7S,PT7S"})
    @DisplayName("C12: delays double up to the longest")
    void delaysDouble(Duration last, Duration next) {
        RestartPolicy policy = FailurePolicy.restart().withDelay(SECOND, Duration.ofSeconds(7));

        assertThat(policy.nextDelay(last)).isEqualTo(next);
    }

    @Test
    @DisplayName("C12: delays never grow beyond what can be waited for, however long they may be")
    void delaysNeverOverflow() {
        RestartPolicy policy = FailurePolicy.restart().withDelay(SECOND, AGES);

        Duration delay = policy.initialDelay();
        for (int i = 0; i < 100; i++) {
            Duration next = policy.nextDelay(delay);
            assertThat(next.toNanos()).isGreaterThanOrEqualTo(delay.toNanos());
            delay = next;
        }

        assertThat(delay).isEqualTo(Deadline.UNLIMITED);
        assertThat(policy.withDelay(AGES, AGES).initialDelay()).isEqualTo(Deadline.UNLIMITED);
        assertThat(policy.nextDelay(Deadline.UNLIMITED)).isEqualTo(Deadline.UNLIMITED);
        assertThat(policy.withLimit(1, AGES).within()).isEqualTo(Deadline.UNLIMITED);
    }

    @ParameterizedTest
    @CsvSource({"PT0S,PT0S", "PT0S,PT1M", "PT0.000999999S,PT1M", "PT-1S,PT1S", "PT2S,PT1.999S"})
    @DisplayName("C12: a delay that would never grow, or would shrink, is refused")
    void badDelays(Duration initial, Duration max) {
        assertIllegal(
                "Can't restart a job with a delay from " + initial + " to " + max
                        + ": the first must be a millisecond or"
                        + " more, since it is doubled from restart to restart, and the second not shorter than the"
                        + " first",
                () -> FailurePolicy.restart().withDelay(initial, max));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    @DisplayName("C12: a limit of no restart is refused, with what to write instead")
    void noRestartAtAll(int restarts) {
        String message = "Can't restart a job at most " + restarts + " times: the number must be one or more (use"
                + " FailurePolicy.recordOnly() or FailurePolicy.shutDown() for a job that is never restarted)";

        assertIllegal(message, () -> FailurePolicy.restart().withLimit(restarts, HOUR));
        assertIllegal(message, () -> FailurePolicy.restart().withLimitThenShutDown(restarts, HOUR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    @DisplayName("C12: a limit within no time is refused, with what to write instead")
    void limitWithinNoTime(Duration within) {
        assertIllegal(
                "Can't limit the restarts of a job within " + within + ": the time must be positive (use"
                        + " Deadline.UNLIMITED for all the life of the job)",
                () -> FailurePolicy.restart().withLimit(1, within));
    }

    @Test
    @DisplayName("C12: policies are equal when they say the same")
    void equality() {
        RestartPolicy policy = FailurePolicy.restart().withLimit(3, HOUR);

        assertThat(FailurePolicy.restart().withLimit(3, HOUR)).isEqualTo(policy).hasSameHashCodeAs(policy);
        assertThat(policy)
                .isNotEqualTo(FailurePolicy.restart())
                .isNotEqualTo(policy.withLimit(4, HOUR))
                .isNotEqualTo(policy.withLimit(3, SECOND))
                .isNotEqualTo(policy.withLimitThenShutDown(3, HOUR))
                .isNotEqualTo(policy.withDelay(SECOND, HOUR))
                .isNotEqualTo(policy.withDelay(Duration.ofMillis(1), Duration.ofMinutes(1)))
                .isNotEqualTo(FailurePolicy.recordOnly());
        assertThat(FailurePolicy.recordOnly())
                .isEqualTo(FailurePolicy.recordOnly())
                .hasSameHashCodeAs(FailurePolicy.recordOnly())
                .isNotEqualTo(FailurePolicy.shutDown())
                .isNotEqualTo(policy);
    }

    @Test
    @DisplayName("C12: a policy says in words what it does")
    void words() {
        assertThat(FailurePolicy.recordOnly()).hasToString("record only");
        assertThat(FailurePolicy.shutDown()).hasToString("shut down");
        assertThat(FailurePolicy.restart()).hasToString("restart after PT1S to PT1M, any number of times");
        assertThat(FailurePolicy.restart().withLimit(3, HOUR))
                .hasToString("restart after PT1S to PT1M, at most 3 times within PT1H, then record only");
        assertThat(FailurePolicy.restart().withDelay(SECOND, AGES).withLimitThenShutDown(1, AGES))
                .hasToString("restart after PT1S to unlimited, at most 1 times within unlimited, then shut down");
    }
}
