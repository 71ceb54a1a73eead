package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a shutdown finds ready. Each test is a process of its own, since classes are loaded once in a process. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class PrimingTests {

    private static final String PROGRAM = "io.github.graceful4j.Programs";
    private static final String MARK = PROGRAM + "$AfterPriming";

    @TempDir
    private Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    private Path log() {
        return directory.resolve("classes.log");
    }

    private Process start(String program, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString());
        // What starts fast is fast enough.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", Objects.requireNonNull(System.getProperty("java.class.path")), PROGRAM, program));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        return process;
    }

    private Process startLogged(String program) throws IOException {
        return start(program, "-Xlog:class+load:file=\"" + log() + "\"");
    }

    private static BufferedReader outputOf(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void awaitEnd(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private List<String> classesLoadedLate() throws IOException {
        List<String> lines = Files.readAllLines(log());
        int mark = 0;
        while (!lines.get(mark).contains(MARK)) {
            mark++;
        }
        return lines.subList(mark + 1, lines.size()).stream()
                .filter(line -> line.contains("io.github.graceful4j.") && !line.contains(PROGRAM))
                .filter(line -> !isMadeInMemory(line))
                .toList();
    }

    /** The class of a lambda is made of what is loaded already, and needs no jar. */
    private static boolean isMadeInMemory(String line) {
        return line.contains("$$Lambda");
    }

    @ParameterizedTest
    @ValueSource(strings = {"primed-request", "primed-failure"})
    @DisplayName("C21: a shutdown with jobs that hang, fail and come late loads no class of this library")
    void shutdownLoadsNothing(String program) throws Exception {
        Process process = startLogged(program);

        assertThat(outputOf(process).lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("closed by "),
                        line -> assertThat(line).isEqualTo("reported"));

        awaitEnd(process);
        assertThat(classesLoadedLate()).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("C21: a shutdown by a signal loads no class of this library")
    void shutdownBySignalLoadsNothing() throws Exception {
        Process process = startLogged("primed-signal");
        BufferedReader output = outputOf(process);
        assertThat(output.readLine()).isEqualTo("ready");

        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start();

        // Main has up to a second for the report, which a machine under load may not keep.
        assertThat(output.lines().filter(line -> !line.equals("reported"))).containsExactly("closed by SIGTERM");
        awaitEnd(process);
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(classesLoadedLate()).isEmpty();
    }

    @Test
    @DisplayName("C21: priming keeps no process alive")
    void primingKeepsNothingAlive() throws Exception {
        Process process = start("leave-main-at-once");

        assertThat(outputOf(process).lines()).containsExactly("built, and what primes is a daemon: [true]");

        awaitEnd(process);
        assertThat(process.exitValue()).isZero();
    }
}
