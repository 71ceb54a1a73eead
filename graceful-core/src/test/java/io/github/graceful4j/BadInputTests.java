package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.InvalidJobException;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.RestartPolicy;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.spi.PhaseControl;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BadInputTests {

    private static final Job NOTHING = context -> {};

    private final GracefulManager manager =
            GracefulManager.builder().signals(false).build();
    private final GracefulManager held =
            GracefulManager.builder().signals(false).autoStart(false).build();

    @AfterEach
    void shutDown() {
        manager.close();
        held.close();
    }

    private static ShutdownJobOptions after(String... names) {
        return ShutdownJobOptions.defaults().withAfter(names);
    }

    /** What a caller gets who ignores that null is not allowed. */
    @SuppressWarnings({"TypeParameterUnusedInFormals", "NullAway"})
    private static <T> T nothing() {
        return (T) null;
    }

    private void assertRegistered(String... names) {
        assertThat(manager.jobs()).extracting(JobSnapshot::job).containsExactly(names);
    }

    private static void assertNull(String parameter, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessageContaining(parameter);
    }

    private static void assertIllegal(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    @DisplayName("null is refused by name, and nothing is registered")
    void nullArguments() {
        assertNull("name", () -> manager.addRunningJob(nothing(), NOTHING));
        assertNull("job", () -> manager.addRunningJob("job", nothing()));
        assertNull("options", () -> manager.addRunningJob("job", NOTHING, nothing()));
        assertNull("name", () -> manager.addShutdownJob(nothing(), NOTHING));
        assertNull("job", () -> manager.addShutdownJob("job", nothing()));
        assertNull("options", () -> manager.addShutdownJob("job", NOTHING, nothing()));
        assertNull("reason", () -> manager.shutdown(nothing()));
        assertNull("reason", () -> manager.phaseControl().begin(nothing()));
        assertNull("ago", () -> manager.phaseControl().begin(ShutdownReason.requested("test"), nothing()));
        assertNull("description", () -> ShutdownReason.requested(nothing()));

        assertRegistered();
        assertThat(manager.state()).isEqualTo(ManagerState.STARTED);
    }

    @Test
    @DisplayName("a shutdown cannot have been asked for in the future")
    void beginInTheFuture() {
        assertIllegal(
                "Can't begin a shutdown that was asked for PT-1S ago: that is in the future."
                        + " Use a duration of zero or more",
                () -> manager.phaseControl().begin(ShutdownReason.requested("test"), Duration.ofSeconds(-1)));

        assertThat(manager.state()).isEqualTo(ManagerState.STARTED);
    }

    @Test
    @DisplayName("null is refused by a builder, at the setting")
    void nullSettings() {
        GracefulManagerBuilder builder = GracefulManager.builder();

        assertNull("duration", () -> builder.gracePeriod(nothing()));
        assertNull("duration", () -> builder.reserve(nothing()));
        assertNull("duration", () -> builder.interruptLead(nothing()));
        assertNull("context", () -> builder.parent(nothing()));
        assertNull("framework", () -> builder.delegate(nothing()));
        assertNull("listener", () -> builder.listener(nothing()));
        assertNull("newLogger", () -> builder.logger(nothing()));
    }

    @Test
    @DisplayName("null is refused in options")
    void nullOptions() {
        assertNull("timeout", () -> RunningJobOptions.defaults().withTimeout(nothing()));
        assertNull("failurePolicy", () -> RunningJobOptions.defaults().withFailurePolicy(nothing()));
        assertNull("timeout", () -> ShutdownJobOptions.defaults().withTimeout(nothing()));
        assertThatThrownBy(() -> ShutdownJobOptions.defaults().withAfter((String) nothing()))
                .isInstanceOf(NullPointerException.class);
        RestartPolicy restart = FailurePolicy.restart();
        assertNull("newInitialDelay", () -> restart.withDelay(nothing(), Duration.ZERO));
        assertNull("newMaxDelay", () -> restart.withDelay(Duration.ofSeconds(1), nothing()));
        assertNull("newWithin", () -> restart.withLimit(1, nothing()));
        assertNull("newWithin", () -> restart.withLimitThenShutDown(1, nothing()));
    }

    @Test
    @DisplayName("C10: a null callback is refused where it is handed in, and the shutdown goes on")
    void nullCallback() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        manager.addRunningJob("job", context -> {
            try {
                context.onCancel(nothing());
            } catch (NullPointerException e) {
                thrown.complete(e);
            }
            context.awaitCancellation();
        });

        assertThat(Waiting.forResult(thrown)).hasMessage("callback");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    @DisplayName("a blank name is refused")
    void blankName(String name) {
        assertIllegal(
                "Can't register a running job: its name must not be blank: '" + name + "'. Give it a name.",
                () -> manager.addRunningJob(name, NOTHING));
        assertIllegal(
                "Can't register a shutdown job: its name must not be blank: '" + name + "'. Give it a name.",
                () -> manager.addShutdownJob(name, NOTHING));

        assertRegistered();
    }

    @Test
    @DisplayName("C5: a second job of the same kind and name is refused; the first one stays")
    void duplicateName() {
        manager.addRunningJob("job", JobContext::awaitCancellation);
        manager.addShutdownJob("job", NOTHING);

        assertIllegal(
                "Can't register job 'job': a running job of that name is registered already. Give each"
                        + " running job a name of its own.",
                () -> manager.addRunningJob("job", NOTHING));
        assertIllegal(
                "Can't register job 'job': a shutdown job of that name is registered already. Give each"
                        + " shutdown job a name of its own.",
                () -> manager.addShutdownJob("job", NOTHING));

        assertRegistered("job", "job");
    }

    @Test
    @DisplayName("C25: a name that could pass for something else in a log is refused, and not repeated as it is")
    void deceptiveName() {
        for (String name : List.of("job\nERROR", "job\r", "\u001b[31mjob", "job\u2028", "boj\u202e", "job\ud83d")) {
            assertThatThrownBy(() -> manager.addRunningJob(name, NOTHING))
                    .isInstanceOf(InvalidJobException.class)
                    .hasMessageStartingWith("Can't register a running job: its name must not have line breaks")
                    .hasMessageNotContaining(name);
            assertThatThrownBy(() -> manager.addShutdownJob(name, NOTHING))
                    .isInstanceOf(InvalidJobException.class)
                    .hasMessageStartingWith("Can't register a shutdown job: its name must not have line breaks")
                    .hasMessageNotContaining(name);
        }

        assertRegistered();
    }

    @Test
    @DisplayName("a timeout of a job that is not positive is refused")
    void timeoutThatIsNotPositive() {
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            String message = "Can't set the timeout of a job: it must be positive: " + timeout
                    + " (use Deadline.UNLIMITED, the default, for no timeout of its own)";

            assertIllegal(message, () -> RunningJobOptions.defaults().withTimeout(timeout));
            assertIllegal(message, () -> ShutdownJobOptions.defaults().withTimeout(timeout));
        }
    }

    @Test
    @DisplayName("C7: a grace period that is not positive is refused, and so is a negative reserve or interrupt lead")
    void badSettings() {
        Duration negative = Duration.ofSeconds(-1);

        for (Duration duration : List.of(Duration.ZERO, negative)) {
            assertIllegal(
                    "Can't set the grace period: it must be positive: " + duration
                            + " (use Deadline.UNLIMITED for as long as a shutdown needs)",
                    () -> GracefulManager.builder().gracePeriod(duration).build());
        }
        assertIllegal(
                "Can't set the reserve: it must not be negative: PT-1S (use zero for none)",
                () -> GracefulManager.builder().reserve(negative).build());
        assertIllegal(
                "Can't set the interrupt lead: it must not be negative: PT-1S (use zero for none)",
                () -> GracefulManager.builder().interruptLead(negative).build());
    }

    @Test
    @DisplayName("C7: a reserve longer than the grace period is refused, unless that is unlimited")
    void reserveTooLong() {
        assertIllegal(
                "Can't reserve PT26S for shutdown jobs: the whole grace period is only PT25S",
                () -> GracefulManager.builder().reserve(Duration.ofSeconds(26)).build());

        GracefulManager unlimited = GracefulManager.builder()
                .signals(false)
                .gracePeriod(Deadline.UNLIMITED)
                .reserve(Duration.ofSeconds(26))
                .build();
        unlimited.close();
    }

    @Test
    @DisplayName("C12: a failure policy that makes no sense is refused")
    void badFailurePolicy() {
        RestartPolicy restart = FailurePolicy.restart();
        Duration second = Duration.ofSeconds(1);

        assertIllegal(
                "Can't restart a job with a delay from PT0S to PT1S: the first must be a millisecond or more, since it"
                        + " is doubled from restart to restart, and the second not shorter than the first",
                () -> restart.withDelay(Duration.ZERO, second));
        assertIllegal(
                "Can't restart a job with a delay from PT2S to PT1S: the first must be a millisecond or more, since it"
                        + " is doubled from restart to restart, and the second not shorter than the first",
                () -> restart.withDelay(Duration.ofSeconds(2), second));
        String number = "Can't restart a job at most 0 times: the number must be one or more (use"
                + " FailurePolicy.recordOnly() or FailurePolicy.shutDown() for a job that is never restarted)";
        assertIllegal(number, () -> restart.withLimit(0, second));
        assertIllegal(number, () -> restart.withLimitThenShutDown(0, second));
        String within = "Can't limit the restarts of a job within PT0S: the time must be positive (use"
                + " Deadline.UNLIMITED for all the life of the job)";
        assertIllegal(within, () -> restart.withLimit(1, Duration.ZERO));
        assertIllegal(within, () -> restart.withLimitThenShutDown(1, Duration.ZERO));
    }

    @Test
    @DisplayName("C5: a job after itself is refused")
    void afterItself() {
        assertIllegal(
                "Can't register job 'self': the shutdown jobs would wait for each other in a cycle: self -> self. "
                        + "Let at least one of them run without waiting for the next.",
                () -> manager.addShutdownJob("self", NOTHING, after("self")));

        assertRegistered();
    }

    @Test
    @DisplayName("C5: a cycle is refused where it closes, and the jobs before stay")
    void cycle() throws Exception {
        held.addShutdownJob("a", NOTHING, after("c"));
        held.addShutdownJob("b", NOTHING, after("a"));

        assertIllegal(
                "Can't register job 'c': the shutdown jobs would wait for each other in a cycle: c -> b -> a -> c. "
                        + "Let at least one of them run without waiting for the next.",
                () -> held.addShutdownJob("c", NOTHING, after("b")));

        assertThat(held.jobs()).extracting(JobSnapshot::job).containsExactly("a", "b");
        held.addShutdownJob("c", NOTHING);
        held.start();
    }

    @Test
    @DisplayName("C5: a graph with two ways to the same job is no cycle")
    void diamondIsNoCycle() {
        held.addShutdownJob("d", NOTHING, after("b", "c"));
        held.addShutdownJob("c", NOTHING, after("a"));
        held.addShutdownJob("b", NOTHING, after("a"));
        held.addShutdownJob("a", NOTHING);

        held.start();

        assertThat(held.state()).isEqualTo(ManagerState.STARTED);
    }

    @Test
    @DisplayName("C5: a started manager refuses an unknown name at registration")
    void unknownNameWhenStarted() {
        manager.addShutdownJob("flush", NOTHING);

        assertIllegal(
                "Can't run job 'close' after 'flsh': no shutdown job of that name is registered; registered are"
                        + " [flush]. Did you mean 'flush'? Name a shutdown job that exists; running jobs have ended by"
                        + " then anyway.",
                () -> manager.addShutdownJob("close", NOTHING, after("flsh")));

        assertRegistered("flush");
    }

    @Test
    @DisplayName("C5: a held manager refuses to start with an unknown name, and starts nothing")
    void unknownNameWhenHeld() {
        CompletableFuture<String> ran = new CompletableFuture<>();
        held.addRunningJob("run", context -> ran.complete("ran"));
        held.addShutdownJob("close", NOTHING, after("flush"));

        assertIllegal(
                "Can't run job 'close' after 'flush': no shutdown job of that name is registered; registered are"
                        + " [close]. Name a shutdown job that exists; running jobs have ended by then anyway.",
                held::start);

        assertThat(held.state()).isEqualTo(ManagerState.NEW);
        assertThat(ran).isNotDone();
        held.addShutdownJob("flush", NOTHING);
        held.start();
        assertThat(held.state()).isEqualTo(ManagerState.STARTED);
    }

    @Test
    @DisplayName("C5: a job after one of a lower phase is refused, whichever is registered first")
    void afterLowerPhase() {
        String message = "Can't run job 'high' after 'low': phase 2 of the first stops before phase 1 of the second."
                + " Give 'high' phase 1 or a lower one.";
        manager.addShutdownJob("low", NOTHING, ShutdownJobOptions.defaults().withPhase(1));

        assertIllegal(
                message,
                () -> manager.addShutdownJob("high", NOTHING, after("low").withPhase(2)));
        held.addShutdownJob("high", NOTHING, after("low").withPhase(2));
        assertIllegal(
                message,
                () -> held.addShutdownJob(
                        "low", NOTHING, ShutdownJobOptions.defaults().withPhase(1)));

        assertRegistered("low");
        assertThat(held.jobs()).extracting(JobSnapshot::job).containsExactly("high");
    }

    @Test
    @DisplayName("C5: of jobs that don't go together, the exception has the names, the problem and the remedy")
    void invalidJobTellsAll() {
        held.addShutdownJob("a", NOTHING, after("c"));
        held.addShutdownJob("b", NOTHING, after("a"));

        InvalidJobException invalid =
                catchThrowableOfType(InvalidJobException.class, () -> held.addShutdownJob("c", NOTHING, after("b")));

        assertThat(invalid.jobs()).containsExactly("c", "b", "a");
        assertThat(invalid.problem()).endsWith("in a cycle: c -> b -> a -> c");
        assertThat(invalid.remedy()).isEqualTo("Let at least one of them run without waiting for the next");
        assertThat(invalid).hasMessage(invalid.problem() + ". " + invalid.remedy() + ".");
    }

    @Test
    @DisplayName("a phase can't be stopped before shutdown was requested")
    void stopBeforeBegin() {
        PhaseControl control = manager.phaseControl();

        for (ThrowingCallable call : List.<ThrowingCallable>of(() -> control.stop(0), control::finish)) {
            assertThatThrownBy(call)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Can't stop a phase of the shutdown: no shutdown was requested");
        }
    }

    @Test
    @DisplayName("names are kept as they are, whatever visible characters are in them")
    void anyOtherName() {
        String odd = "a name, with 'quotes' and ümläuts 🙂";

        manager.addRunningJob(odd, JobContext::awaitCancellation);

        assertRegistered(odd);
        assertThat(Objects.requireNonNull(manager.jobs().get(0).thread())).endsWith(odd);
    }
}
