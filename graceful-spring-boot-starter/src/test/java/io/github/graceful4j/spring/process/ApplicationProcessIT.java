package io.github.graceful4j.spring.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
@Timeout(180)
class ApplicationProcessIT {

    private static final String INFO = "--logging.level.io.github.graceful4j=info";

    @Test
    @DisplayName("S5: at SIGTERM, jobs end before the beans are destroyed, and the exit code is 143")
    void sigtermEndsJobsBeforeBeans() {
        try (ApplicationProcess application = ApplicationProcess.start(WorkerApplication.class)) {
            application.awaitLine("> main ended").terminate();

            assertThat(application.awaitExit()).isEqualTo(143);
            assertThat(application.linesAfter("> "))
                    .containsSubsequence("work began", "work ended", "flushed", "database closed");
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @DisplayName("C16: trap 8: an application with nothing but a job on a virtual thread stays alive")
    void virtualThreadJobKeepsTheProcessAlive() {
        try (ApplicationProcess application =
                ApplicationProcess.start(WorkerApplication.class, "--spring.threads.virtual.enabled=true")) {
            application.awaitLine("> main ended");
            assertThat(application.isAliveFor(Duration.ofSeconds(2))).isTrue();

            application.terminate();

            assertThat(application.awaitExit()).isEqualTo(143);
            assertThat(application.linesAfter("> ")).contains("work ended", "flushed");
        }
    }

    @Test
    @DisplayName("S9: trap 8: SIGTERM while the context starts ends it without a deadlock")
    void sigtermDuringStart() {
        try (ApplicationProcess application = ApplicationProcess.start(WorkerApplication.class, "--slow-start=true")) {
            application.awaitLine("> start blocks").terminate();

            assertThat(application.awaitExit()).isEqualTo(143);
            assertThat(application.linesAfter("> "))
                    .containsSubsequence("start blocks", "start goes on", "work ended", "flushed", "database closed");
        }
    }

    @Test
    @DisplayName("S1: the starter works where Actuator, Micrometer and Reactor are not on the class path")
    void worksWithoutOptionalLibraries() {
        try (ApplicationProcess application = ApplicationProcess.start(
                WorkerApplication.class,
                entry -> !entry.matches(".*(actuator|micrometer|spring-boot-health|reactor|reactive).*\\.jar"))) {
            application.awaitLine("> main ended").terminate();

            assertThat(application.awaitExit()).isEqualTo(143);
            assertThat(application.linesAfter("> ")).containsSubsequence("work ended", "flushed", "database closed");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "parameter | $WrongParameter.work(String)' of bean 'wrongParameter' | Let it take nothing, or one parameter"
                        + " of type io.github.graceful4j.job.JobContext.",
                "name | Can't run job 'unknownName.close' after 'unknownName.flsh' | Did you mean 'unknownName.flush'?",
                "cycle | Egg.hatch()' of bean 'egg' | Let at least one of them run without waiting",
                "cycle | Chicken.lay()' of bean 'chicken' | Let at least one of them run without waiting",
                "placeholder | 'no.such.timeout' | Define what the placeholder or expression refers to",
                "processor | The bean 'lifecycleProcessor' is a | Let it extend org.springframework",
            })
    @DisplayName("S1: jobs that can't work stop the start with Boot's failure report, and no stack trace")
    void failureReportIsPrinted(String broken, String description, String action) {
        try (ApplicationProcess application =
                ApplicationProcess.start(BrokenApplication.class, "--broken=" + broken, "--server.port=0")) {
            assertThat(application.awaitExit()).isEqualTo(1);
            assertThat(String.join("\n", application.lines()))
                    .contains("APPLICATION FAILED TO START", "Description:", description, "Action:", action)
                    .doesNotContain("\tat ");
        }
    }

    @Test
    @DisplayName("S16: a wrong property stops the start with Boot's failure report")
    void wrongPropertyIsReported() {
        try (ApplicationProcess application =
                ApplicationProcess.start(WorkerApplication.class, "--graceful.grace-period=-5s")) {
            assertThat(application.awaitExit()).isEqualTo(1);
            assertThat(String.join("\n", application.lines()))
                    .contains("APPLICATION FAILED TO START", "graceful.grace-period", "must not be negative");
        }
    }

    @Test
    @DisplayName("S7: the exit code after a clean shutdown at SIGTERM can be chosen")
    void exitCodeAfterSigtermCanBeChosen() {
        try (ApplicationProcess application =
                ApplicationProcess.start(WorkerApplication.class, "--graceful.sigterm.exit-code=0")) {
            application.awaitLine("> main ended").terminate();

            assertThat(application.awaitExit()).isZero();
            assertThat(application.linesAfter("> ")).containsSubsequence("work ended", "flushed", "database closed");
        }
    }

    @Test
    @DisplayName("S7: the exit code of System.exit is kept, whatever is chosen for SIGTERM")
    void exitCodeOfSystemExitIsKept() {
        try (ApplicationProcess application =
                ApplicationProcess.start(WorkerApplication.class, "--graceful.sigterm.exit-code=0", "--exit-with=7")) {
            assertThat(application.awaitExit()).isEqualTo(7);
            assertThat(application.linesAfter("> ")).containsSubsequence("work ended", "flushed", "database closed");
        }
    }

    @Test
    @DisplayName("S7: a shutdown that was not clean keeps the exit code 143")
    void exitCodeAfterAFailureIsKept() {
        try (ApplicationProcess application = ApplicationProcess.start(
                WorkerApplication.class, "--graceful.sigterm.exit-code=0", "--failing-job=true")) {
            application.awaitLine("> main ended").terminate();

            assertThat(application.awaitExit()).isEqualTo(143);
        }
    }

    @Test
    @DisplayName("S9: trap 9: a job that closes the context ends it, without a deadlock")
    void jobClosesTheContext() {
        try (ApplicationProcess application =
                ApplicationProcess.start(WorkerApplication.class, "--self-shutdown=close", INFO)) {
            assertThat(application.awaitExit()).isZero();
            assertThat(application.linesAfter("> ")).containsSubsequence("work ended", "flushed", "database closed");
            assertThat(String.join("\n", application.lines())).contains("Shutdown ended CLEAN");
        }
    }

    @Test
    @DisplayName("S9: trap 9: a job that calls System.exit ends the process, without a deadlock")
    void jobCallsSystemExit() {
        try (ApplicationProcess application =
                ApplicationProcess.start(WorkerApplication.class, "--self-shutdown=exit", INFO)) {
            assertThat(application.awaitExit()).isEqualTo(3);
            assertThat(application.linesAfter("> ")).containsSubsequence("work ended", "flushed", "database closed");
            assertThat(String.join("\n", application.lines())).contains("Shutdown ended CLEAN");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exit-in-running-job, 143",
        "exit-in-shutdown-job, 143",
        "close-in-running-job, 143",
        "close-in-shutdown-job, 143"
    })
    @DisplayName("S9: trap 9: a job that exits or closes while a signal ends the application holds up nothing")
    void jobEndsTheApplicationThatASignalEnds(String how, int exitCode) {
        try (ApplicationProcess application =
                ApplicationProcess.start(WorkerApplication.class, "--late-self-shutdown=" + how, INFO)) {
            application.awaitLine("> main ended").terminate();

            assertEndedWithoutWaiting(application, exitCode);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exit-in-running-job, 3",
        "exit-in-shutdown-job, 3",
        "close-in-running-job, 0",
        "close-in-shutdown-job, 0"
    })
    @DisplayName("S9: trap 9: a job that exits or closes while the application is closed holds up nothing")
    void jobEndsTheApplicationThatIsClosed(String how, int exitCode) {
        try (ApplicationProcess application = ApplicationProcess.start(
                WorkerApplication.class, "--late-self-shutdown=" + how, "--close-in-main=true", INFO)) {
            assertEndedWithoutWaiting(application, exitCode);
        }
    }

    /** A job that was waited for would be given up when its time is up, and the shutdown would not be clean. */
    private static void assertEndedWithoutWaiting(ApplicationProcess application, int exitCode) {
        assertThat(application.awaitExit()).isEqualTo(exitCode);
        assertThat(application.linesAfter("> ")).containsSubsequence("work ended", "flushed", "database closed");
        assertThat(String.join("\n", application.lines())).contains("Shutdown ended CLEAN");
    }
}
