package io.github.graceful4j.spring.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
@Timeout(600)
class SignalDuringStartIT {

    private static final String INFO = "--logging.level.io.github.graceful4j=info";

    /** Longer than any test waits. */
    private static final String ENDLESS = "--seconds=10000";

    @Test
    @DisplayName("S22: the grace period begins with the signal, also while a bean is made, and the log says which")
    void gracePeriodBeginsWhileABeanIsMade() {
        try (ApplicationProcess application = ApplicationProcess.start(
                SignalledApplication.class,
                "--slow=bean",
                ENDLESS,
                "--graceful.grace-period=2s",
                "--graceful.halt.exit-code=75",
                INFO)) {
            application
                    .awaitLine("> start blocks")
                    .terminate()
                    .awaitLine("is to close while it starts (SIGTERM), and closes when its start is over;"
                            + " its grace period of 2000 ms has begun");

            assertThat(application.awaitExit()).isEqualTo(75);
            assertThat(String.join("\n", application.lines()))
                    .contains("is not closed, though its grace period of 2000 ms is over, which began with SIGTERM:"
                            + " it still starts, and creates bean 'slowBean'; thread 'main' is at")
                    .contains("SignalledApplication$SlowBean.afterPropertiesSet")
                    .contains("The process is halted with exit code 75");
        }
    }

    @Test
    @DisplayName("S14: a process that was halted during its start is unclean for the next one")
    void haltedDuringStart(@TempDir Path directory) {
        String file = "--graceful.report.file=" + directory.resolve("shutdown.json");
        for (String slow : List.of("bean", "start")) {
            try (ApplicationProcess clean = ApplicationProcess.start(WorkerApplication.class, file)) {
                clean.awaitLine("> main ended").terminate();
                assertThat(clean.awaitExit()).isEqualTo(143);
            }
            try (ApplicationProcess application = ApplicationProcess.start(
                    SignalledApplication.class,
                    "--slow=" + slow,
                    ENDLESS,
                    "--graceful.grace-period=2s",
                    "--graceful.halt.exit-code=75",
                    file)) {
                application.awaitLine("> start blocks").terminate();
                assertThat(application.awaitExit()).isEqualTo(75);
            }
            try (ApplicationProcess next = ApplicationProcess.start(WorkerApplication.class, file)) {
                next.awaitLine(ReportIT.UNCLEAN).awaitLine("> main ended").terminate();
                assertThat(next.awaitExit()).isEqualTo(143);
            }
        }
    }

    @Test
    @DisplayName("S22: a second signal halts the process on request, also while it creates its beans")
    void secondSignalDuringStart() {
        try (ApplicationProcess application = ApplicationProcess.start(
                SignalledApplication.class, "--slow=bean", ENDLESS, "--graceful.second-signal=halt", INFO)) {
            application
                    .awaitLine("> start blocks")
                    .terminate()
                    .awaitLine("is to close while it starts (SIGTERM)")
                    .terminate();

            assertThat(application.awaitExit()).isEqualTo(143);
            assertThat(String.join("\n", application.lines()))
                    .contains("Received SIGTERM while shutting down; halting")
                    .contains("start of application context 'application' in thread 'main'")
                    .contains("SignalledApplication$SlowBean.afterPropertiesSet");
        }
    }

    @Test
    @DisplayName("S22: jobs that run already have their turn in time, though the start goes on")
    void jobsHaveTheirTurnWhileTheStartGoesOn() {
        try (ApplicationProcess application = ApplicationProcess.start(
                SignalledApplication.class,
                "--slow=start",
                ENDLESS,
                "--graceful.grace-period=2s",
                "--graceful.halt.exit-code=75",
                INFO)) {
            application.awaitLine("> start blocks").terminate();

            assertThat(application.awaitExit()).isEqualTo(75);
            assertThat(application.linesAfter("> ")).containsSubsequence("work began", "work ended", "flushed");
            assertThat(String.join("\n", application.lines()))
                    .contains("Shutdown began (reason: SIGTERM)")
                    .contains("Jobs ended CLEAN")
                    .contains("it still starts, and waits for bean 'slowStart'");
        }
    }

    @Test
    @DisplayName("S19: S22: a start that is over in time leaves the close what is left of the grace period")
    void startTakesFromTheGracePeriod() {
        try (ApplicationProcess application = ApplicationProcess.start(
                SignalledApplication.class, "--slow=bean", "--seconds=3", "--graceful.grace-period=100s", INFO)) {
            application.awaitLine("> start blocks").terminate();

            assertThat(application.awaitExit()).isEqualTo(143);
            assertThat(application.linesAfter("> ")).containsSubsequence("start goes on", "flushed");
            assertThat(String.join("\n", application.lines()))
                    .containsPattern(
                            "Shutdown began \\(reason: SIGTERM\\): \\d+ jobs, to be over in 9[0-8]\\d\\d\\d ms")
                    .containsPattern("Jobs ended CLEAN after \\d+ ms of 100000 ms")
                    .containsPattern("it waited for\\s+\\d+\\.\\d+s  slowBean \\(start, completed\\)");
        }
    }

    @Test
    @DisplayName(
            "S19: S22: an application without jobs, too, says that it waits for the start, and for how long it did")
    void worksWithoutJobs() {
        try (ApplicationProcess application = ApplicationProcess.start(
                SignalledApplication.class, "--jobs=false", "--slow=bean", "--seconds=1", INFO)) {
            application.awaitLine("> start blocks").terminate().awaitLine("its grace period of 25000 ms has begun");

            assertThat(application.awaitExit()).isEqualTo(143);
            assertThat(application.linesAfter("> ")).contains("start goes on");
            assertThat(String.join("\n", application.lines()))
                    .containsPattern("it waited for\\s+\\d+\\.\\d+s  slowBean \\(start, completed\\)");
        }
    }
}
