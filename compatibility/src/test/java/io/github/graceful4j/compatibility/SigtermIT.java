package io.github.graceful4j.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
@Timeout(300)
class SigtermIT {

    private static final int TERMINATED = 128 + 15;

    @Test
    @DisplayName("S17: S5: SIGTERM ends running jobs, then runs shutdown jobs in order, all while the database is there")
    void sigtermEndsTheProcessInOrder() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WebApplication.class.getName(),
                        "--logging.level.io.github.graceful4j=info")
                .redirectErrorStream(true)
                .start();
        // or the test would read for ever from a process that hangs
        CompletableFuture.delayedExecutor(240, TimeUnit.SECONDS).execute(process::destroyForcibly);
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.equals("> started")) {
                    process.toHandle().destroy(); // which, unlike the process itself, does not close the output
                }
            }

            assertThat(process.waitFor()).as(() -> String.join("\n", lines)).isEqualTo(TERMINATED);
        } finally {
            process.destroyForcibly();
        }

        assertThat(lines)
                .containsSubsequence(
                        "> settling, cancelled: false",
                        "> settled, with database: true",
                        "> flushed, with database: true",
                        "> summed up, with database: true",
                        "> beans destroyed")
                .anyMatch(line -> line.contains("Jobs ended CLEAN"));
    }
}
