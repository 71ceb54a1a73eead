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
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
@Timeout(600)
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

    @Test
    @DisplayName(
            "S16: a wrong property ends the process with Boot's failure report, the exit code 1 and no stack trace")
    void failureReportEndsTheProcess() {
        try (ApplicationProcess application =
                ApplicationProcess.start(WorkerApplication.class, "--graceful.grace-period=-5s")) {
            assertThat(application.awaitExit()).isEqualTo(1);
            assertThat(String.join("\n", application.lines()))
                    .contains("APPLICATION FAILED TO START", "graceful.grace-period", "must be positive")
                    .doesNotContain("\tat ");
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
            assertThat(String.join("\n", application.lines())).contains("Jobs ended CLEAN");
        }
    }

    @Test
    @DisplayName("S9: trap 9: a job that calls System.exit ends the process, without a deadlock")
    void jobCallsSystemExit() {
        try (ApplicationProcess application =
                ApplicationProcess.start(WorkerApplication.class, "--self-shutdown=exit", INFO)) {
            assertThat(application.awaitExit()).isEqualTo(3);
            assertThat(application.linesAfter("> ")).containsSubsequence("work ended", "flushed", "database closed");
            assertThat(String.join("\n", application.lines())).contains("Jobs ended CLEAN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit", "close"})
    @DisplayName("S9: trap 9: jobs that exit or close while a signal ends the application hold up nothing")
    void jobsEndTheApplicationThatASignalEnds(String how) {
        try (ApplicationProcess application = ApplicationProcess.start(
                WorkerApplication.class, "--running-job-calls=" + how, "--shutdown-job-calls=" + how, INFO)) {
            application.awaitLine("> main ended").terminate();

            assertEndedWithoutWaiting(application, 143);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--running-job-calls=exit, --shutdown-job-calls=nothing, 3",
        "--running-job-calls=nothing, --shutdown-job-calls=exit, 3",
        "--running-job-calls=close, --shutdown-job-calls=close, 0",
    })
    @DisplayName("S9: trap 9: a job that exits or closes while the application is closed holds up nothing")
    void jobEndsTheApplicationThatIsClosed(String runningJob, String shutdownJob, int exitCode) {
        try (ApplicationProcess application = ApplicationProcess.start(
                WorkerApplication.class, runningJob, shutdownJob, "--close-in-main=true", INFO)) {
            assertEndedWithoutWaiting(application, exitCode);
        }
    }

    /** A job that was waited for would be given up when its time is up, and the shutdown would not be clean. */
    private static void assertEndedWithoutWaiting(ApplicationProcess application, int exitCode) {
        assertThat(application.awaitExit()).isEqualTo(exitCode);
        assertThat(application.linesAfter("> ")).containsSubsequence("work ended", "flushed", "database closed");
        assertThat(String.join("\n", application.lines())).contains("Jobs ended CLEAN");
    }
}
