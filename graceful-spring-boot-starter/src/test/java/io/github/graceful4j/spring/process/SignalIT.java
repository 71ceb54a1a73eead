package io.github.graceful4j.spring.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
@Timeout(600)
class SignalIT {

    private static final String INFO = "--logging.level.io.github.graceful4j=info";
    private static final String HALT = "--graceful.second-signal=halt";
    private static final String EXIT_CODE = "--graceful.sigterm.exit-code=0";

    @ParameterizedTest
    @CsvSource({"TERM, INT, 130", "INT, TERM, 143", "TERM, HUP, 129"})
    @DisplayName("S22: on request, a second signal prints what still runs and halts the process")
    void secondSignalHalts(String first, String second, int exitCode) {
        try (ApplicationProcess application = start(HALT, "--hanging-job=true", "--graceful.grace-period=unlimited")) {
            application
                    .awaitLine("> main ended")
                    .send(first)
                    .awaitLine("> other hook begins")
                    .awaitLine("> hangs")
                    .send(second);

            assertThat(application.awaitExit()).isEqualTo(exitCode);
            assertThat(log(application))
                    .contains("Received SIG" + second + " while shutting down; halting. Still running:")
                    .contains("job 'hangingJob.hang' in thread")
                    .contains("SignalledApplication$HangingJob.hang")
                    .contains("close of application context 'application' in thread 'SpringApplicationShutdownHook'");
        }
    }

    @Test
    @DisplayName("S22: by default, a second signal does nothing")
    void secondSignalIsIgnored() {
        try (ApplicationProcess application = start("--slow-hook=true")) {
            application
                    .awaitLine("> main ended")
                    .send("TERM")
                    .awaitLine("> other hook begins")
                    .send("INT")
                    .send("TERM");

            assertThat(application.awaitExit()).isEqualTo(143);
            assertThat(application.linesAfter("> ")).contains("flushed", "slow hook ended");
        }
    }

    @Test
    @DisplayName("S22: where the JVM leaves signals to the operating system, nothing is handled, and nothing is said")
    void worksWithReducedSignals() {
        try (ApplicationProcess application = ApplicationProcess.startWithSignals(
                List.of("-Xrs"), SignalledApplication.class, List.of(), HALT, EXIT_CODE, INFO)) {
            application.awaitLine("> main ended").send("TERM");

            assertThat(application.awaitExit()).isEqualTo(143);
            assertThat(log(application)).doesNotContain("SIGTERM");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {EXIT_CODE, EXIT_CODE + " " + HALT})
    @DisplayName("S7: the exit code after a clean SIGTERM comes when all hooks of the JVM have ended, and the log too")
    void exitCodeComesAfterAllHooks(String arguments) {
        try (ApplicationProcess application = start((arguments + " --slow-hook=true").split(" "))) {
            application.awaitLine("> main ended").send("TERM");

            assertThat(application.awaitExit()).isZero();
            assertThat(application.linesAfter("> "))
                    .containsSubsequence("work ended", "flushed", "other hook begins")
                    .contains("slow hook ended");
            assertThat(log(application)).contains("reason: SIGTERM").contains("Jobs ended CLEAN");
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "HUP, 129"})
    @DisplayName("S7: the exit code for SIGTERM is for SIGTERM alone")
    void exitCodeIsForSigtermAlone(String signal, int exitCode) {
        try (ApplicationProcess application = start(EXIT_CODE)) {
            application.awaitLine("> main ended").send(signal);

            assertThat(application.awaitExit()).isEqualTo(exitCode);
            assertThat(application.linesAfter("> ")).containsSubsequence("work ended", "flushed");
        }
    }

    @Test
    @DisplayName("S7: a job that is given up keeps the exit code 143")
    void exitCodeAfterATimeoutIsKept() {
        try (ApplicationProcess application = start(EXIT_CODE, "--hanging-job=true", "--graceful.grace-period=1s")) {
            application.awaitLine("> main ended").send("TERM");

            assertThat(application.awaitExit()).isEqualTo(143);
            assertThat(log(application)).contains("Jobs ended TIMED_OUT");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    @DisplayName("S16: S22: with graceful.enabled=false, no signal is handled and no exit watched")
    void nothingIsInstalledWhereDisabled(boolean enabled, int handled) {
        List<String> open = List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");
        try (ApplicationProcess application = ApplicationProcess.startWithSignals(
                open,
                SignalledApplication.class,
                List.of(),
                EXIT_CODE,
                "--print-handlers=true",
                "--graceful.enabled=" + enabled)) {
            application.awaitLine("> main ended");

            assertThat(application.linesAfter("> handler of "))
                    .isNotEmpty()
                    .filteredOn(line -> !line.contains("java.lang.Terminator"))
                    .hasSize(handled);
            assertThat(application.linesAfter("> hook ").contains("graceful-exit"))
                    .isEqualTo(enabled);
        }
    }

    private static ApplicationProcess start(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = INFO;
        return ApplicationProcess.startWithSignals(List.of(), SignalledApplication.class, List.of(), all);
    }

    private static String log(ApplicationProcess application) {
        return String.join("\n", application.lines());
    }
}
