package io.github.graceful4j.spring.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
@Timeout(600)
class HangingCloseIT {

    @Test
    @DisplayName("S7: at the deadline, the log names the bean whose destruction hangs, and where it is")
    void hangingDestructionIsNamed() {
        try (ApplicationProcess application =
                ApplicationProcess.start(HangingApplication.class, "--hang=destroy", "--graceful.grace-period=2s")) {
            application.awaitLine("> main ended").terminate();

            application
                    .awaitLine("is not closed, though its grace period of 2000 ms is over: it waits for bean"
                            + " 'hangingDatabase'; thread 'SpringApplicationShutdownHook' is at")
                    .awaitLine("HangingApplication$Database.destroy");

            assertThat(application.linesAfter("> ")).containsSubsequence("work ended", "flushed", "hangs");
        }
    }

    @Test
    @DisplayName("S7: on request, the process is halted at the deadline")
    void processIsHaltedOnRequest() {
        try (ApplicationProcess application = ApplicationProcess.start(
                HangingApplication.class,
                "--hang=destroy",
                "--graceful.grace-period=2s",
                "--graceful.halt.exit-code=75")) {
            application.awaitLine("> main ended").terminate();

            assertThat(application.awaitExit()).isEqualTo(75);
            assertThat(String.join("\n", application.lines()))
                    .contains("it waits for bean 'hangingDatabase'")
                    .contains("The process is halted with exit code 75, as 'graceful.halt.exit-code' asks for");
        }
    }

    @Test
    @DisplayName("S7: a bean that can't be described keeps the process from nothing, least of all from being halted")
    void processIsHaltedWhateverFails() {
        try (ApplicationProcess application = ApplicationProcess.start(
                HangingApplication.class,
                "--hang=destroy",
                "--unspeakable=true",
                "--graceful.grace-period=2s",
                "--graceful.halt.exit-code=75")) {
            application.awaitLine("> main ended").terminate();

            assertThat(application.awaitExit()).isEqualTo(75);
            assertThat(application.linesAfter("> ")).containsSubsequence("work ended", "flushed", "hangs");
            assertThat(String.join("\n", application.lines()))
                    .contains("is not watched over as it should be", "this bean can't be described")
                    .contains("The process is halted with exit code 75");
        }
    }

    @Test
    @DisplayName(
            "S7: S14: jobs have their turn before the deadline, also when a bean blocks the closing thread, and report")
    void jobsHaveTheirTurnWhenStopBlocks(@TempDir Path directory) throws IOException {
        String file = "--graceful.report.file=" + directory.resolve("shutdown.json");
        try (ApplicationProcess application = ApplicationProcess.start(
                HangingApplication.class,
                "--hang=stop",
                "--graceful.grace-period=3s",
                "--graceful.reserve=2s",
                "--logging.level.io.github.graceful4j=info",
                "--graceful.halt.exit-code=75",
                file)) {
            application.awaitLine("> main ended").terminate();

            assertThat(application.awaitExit()).isEqualTo(75);
            assertThat(application.linesAfter("> ")).containsSubsequence("hangs", "work ended", "flushed");
            assertThat(String.join("\n", application.lines()))
                    .contains("it waits for bean 'hangingConsumer'")
                    .contains("HangingApplication$Consumer.stop")
                    .contains("Jobs ended CLEAN");
        }
        String json = Files.readString(directory.resolve("shutdown.json"));
        assertThat(JsonPath.<String>read(json, "$.outcome")).isEqualTo("TIMED_OUT");
        assertThat(JsonPath.<String>read(json, "$.blame[0].name")).isEqualTo("hangingConsumer");
        assertThat(JsonPath.<Boolean>read(json, "$.complete")).isFalse();

        // A process that was halted in its close is unclean nevertheless.
        try (ApplicationProcess next = ApplicationProcess.start(WorkerApplication.class, file)) {
            next.awaitLine(ReportIT.UNCLEAN);
        }
    }
}
