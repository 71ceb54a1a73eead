package io.github.graceful4j.spring.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class FailureExitIT {

    @Test
    @DisplayName("S23: a job whose failure shuts down ends the process with 1, though a thread would keep it alive")
    void failureIsAnExitCode() {
        try (ApplicationProcess application =
                ApplicationProcess.start(FailingApplication.class, "--logging.level.io.github.graceful4j=info")) {
            assertThat(application.awaitExit()).isEqualTo(1);

            assertThat(application.linesAfter("> ")).containsExactly("main ended", "exit code 1", "flushed");
            assertThat(String.join("\n", application.lines()))
                    .contains("Shutdown began (reason: job 'failingApplication.fail' failed")
                    .contains("The process ends with exit code 1, since a job failed");
        }
    }

    @Test
    @DisplayName("S23: an exit code of the application comes first")
    void ownExitCode() {
        try (ApplicationProcess application = ApplicationProcess.start(FailingApplication.class, "--own-code=true")) {
            assertThat(application.awaitExit()).isEqualTo(7);
        }
    }

    @Test
    @DisplayName("S23: a process is not ended for a failure if that is asked for")
    void noExitCode() {
        try (ApplicationProcess application =
                ApplicationProcess.start(FailingApplication.class, "--graceful.job-failure.exit-code=0")) {
            application.awaitLine("> flushed").kill();

            assertThat(application.awaitExit()).isEqualTo(137);
        }
    }
}
