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
class ReportIT {

    static final String UNCLEAN = "The last process crashed, or was killed before its shutdown was over";

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("shutdown.json");
    }

    private ApplicationProcess start(String... arguments) {
        String[] all = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--graceful.report.file=" + file();
        return ApplicationProcess.start(WorkerApplication.class, all);
    }

    @Test
    @DisplayName("S14: after SIGTERM the report is in the file; after SIGKILL the next process knows it was unclean")
    void reportOutlivesTheProcess() throws IOException {
        try (ApplicationProcess first = start()) {
            first.awaitLine("> main ended").terminate();
            assertThat(first.awaitExit()).isEqualTo(143);
        }
        String json = Files.readString(file());
        assertThat(JsonPath.<String>read(json, "$.outcome")).isEqualTo("CLEAN");
        assertThat(JsonPath.<String>read(json, "$.reason.kind")).isEqualTo("SIGNAL");

        try (ApplicationProcess second = start()) {
            second.awaitLine("> main ended").kill();
            assertThat(second.awaitExit()).isEqualTo(137);
            assertThat(String.join("\n", second.lines())).doesNotContain(UNCLEAN);
        }

        try (ApplicationProcess third = start()) {
            third.awaitLine(UNCLEAN);
        }
    }

    @Test
    @DisplayName("S14: two processes with one file: the second says so")
    void secondProcessSaysSo() {
        try (ApplicationProcess first = start()) {
            first.awaitLine("> main ended");

            try (ApplicationProcess second = start()) {
                second.awaitLine("another application that runs keeps its own there")
                        .awaitLine("> main ended");
            }
        }
    }

    @Test
    @DisplayName("S14: a full disk is a warning, and fails neither start nor shutdown")
    void fullDiskIsAWarning() {
        try (ApplicationProcess application =
                ApplicationProcess.startWithDiskFull(WorkerApplication.class, "--graceful.report.file=" + file())) {
            application.awaitLine("> main ended").terminate();

            assertThat(application.awaitExit()).isEqualTo(143);
            assertThat(application.linesAfter("> ")).containsSubsequence("work ended", "flushed", "database closed");
            assertThat(String.join("\n", application.lines()))
                    .contains("Can't keep the report of the shutdown in '" + file());
        }
        assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }
}
