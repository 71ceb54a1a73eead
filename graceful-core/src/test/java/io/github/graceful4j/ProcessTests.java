package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a whole process can show. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class ProcessTests {

    /** A build that runs in the background may have been told to ignore SIGINT, which would be inherited. */
    private static final String HEEDING_INTERRUPTS =
            "env --default-signal=INT true 2> /dev/null && exec env --default-signal=INT \"$@\"; exec \"$@\"";

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process start(String program, String... options) throws IOException {
        Path java = Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java");
        // What starts fast is fast enough.
        List<String> command = new ArrayList<>(List.of(
                "sh", "-c", HEEDING_INTERRUPTS, "sh", java.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                Programs.class.getName(),
                program));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        return process;
    }

    private static BufferedReader outputOf(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static int exitCodeOf(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("the process has ended")
                .isTrue();
        return process.exitValue();
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("C17: a signal runs the shutdown jobs of a plain program, and the exit code tells of it")
    void signalRunsShutdownJobs(String signal, int exitCode) throws Exception {
        Process process = start("wait-for-signal");
        BufferedReader output = outputOf(process);
        assertThat(output.readLine()).isEqualTo("ready");

        send(signal, process);

        assertThat(output.lines()).containsExactly("cancelled", "closed");
        assertThat(exitCodeOf(process)).isEqualTo(exitCode);
    }

    private static void send(String signal, Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("C17: a second SIGINT while a job hangs prints where it hangs, and halts with 130 within a second")
    void secondSignalHalts() throws Exception {
        Process process = start("hang");
        BufferedReader output = outputOf(process);
        assertThat(output.readLine()).isEqualTo("ready");
        send("INT", process);
        assertThat(output.readLine()).isEqualTo("cancelled");

        long before = System.nanoTime();
        send("INT", process);

        assertThat(output.lines())
                .contains("Received SIGINT while shutting down; halting. Still running:")
                .contains("job 'hanging' in thread 'graceful-job-hanging'")
                .anyMatch(line -> line.contains("Programs.loop"));
        assertThat(exitCodeOf(process)).isEqualTo(130);
        // One second is what is promised; a machine under load may take its time to start kill and to end the process.
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("C17: after a signal, main has its time for what follows awaitDone")
    void mainHasTimeAfterDone() throws Exception {
        Process process = start("work-after-done");
        BufferedReader output = outputOf(process);
        assertThat(output.readLine()).isEqualTo("ready");

        send("TERM", process);

        assertThat(output.lines()).containsExactly("cancelled", "closed", "SIGTERM", "main ended");
        assertThat(exitCodeOf(process)).isEqualTo(143);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("C17: after a signal, main may choose the exit code")
    void mainMayChooseTheExitCode() throws Exception {
        Process process = start("exit-after-done");
        BufferedReader output = outputOf(process);
        assertThat(output.readLine()).isEqualTo("ready");

        send("TERM", process);

        assertThat(output.lines()).containsExactly("cancelled", "closed");
        assertThat(exitCodeOf(process)).isEqualTo(7);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("C17: with several managers, the JVM gets the signal only when the first of them is done as well")
    void signalReachesAllManagers() throws Exception {
        Process process = start("two-managers");
        BufferedReader output = outputOf(process);
        assertThat(output.readLine()).isEqualTo("ready");

        send("TERM", process);

        assertThat(output.lines()).containsExactly("cancelled", "closed", "first closed", "library closed");
        assertThat(exitCodeOf(process)).isEqualTo(143);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("C17: a manager that is over takes no signal from one that was built after it")
    void earlierManagerLeavesTheLaterOnesSignals() throws Exception {
        Process process = start("one-of-two-managers");
        BufferedReader output = outputOf(process);
        assertThat(output.readLine()).isEqualTo("ready");

        send("TERM", process);

        assertThat(output.lines()).containsExactly("closed by SIGTERM");
        assertThat(exitCodeOf(process)).isEqualTo(143);
    }

    @Test
    @DisplayName("C17: the handler of a signal that a program had before is replaced, and put back in the end")
    void handlerIsPutBack() throws Exception {
        Process process = start("own-signal-handler");

        assertThat(outputOf(process).lines()).containsExactly("signal handler of graceful4j", "handler of the program");
        assertThat(exitCodeOf(process)).isZero();
    }

    @Test
    @DisplayName("C22: a large machine lends a shutdown some threads to cancel many jobs with, and not all it could")
    void threadsThatCancelAreBounded() throws Exception {
        Process process = start("count-threads", "-XX:ActiveProcessorCount=64");

        String started = outputOf(process).readLine();

        assertThat(Integer.parseInt(started)).isBetween(8, 24);
        assertThat(exitCodeOf(process)).isZero();
    }

    @Test
    @DisplayName("C17: with -Xrs, the JVM's hook is left, and shuts down at System.exit")
    void reducedSignalsLeaveTheHook() throws Exception {
        Process process = start("exit-in-main", "-Xrs");

        assertThat(outputOf(process).lines()).contains("closed");
        assertThat(exitCodeOf(process)).isEqualTo(7);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("C17: System.exit in a job that a signal cancelled keeps its code, and hangs nowhere")
    void exitInCancelledJob() throws Exception {
        Process process = start("exit-when-cancelled");
        BufferedReader output = outputOf(process);
        assertThat(List.of(output.readLine(), output.readLine())).contains("ready to exit");
        long before = System.nanoTime();

        send("TERM", process);

        assertThat(output.lines()).contains("closed");
        assertThat(exitCodeOf(process)).isEqualTo(7);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit-in-main", "exit-in-job", "exit-in-shutdown-job"})
    @DisplayName("C17: System.exit keeps its code, runs the shutdown jobs, and hangs nowhere it is called")
    void exitKeepsItsCode(String program) throws Exception {
        long before = System.nanoTime();
        Process process = start(program);

        assertThat(outputOf(process).lines()).contains("closed");

        assertThat(exitCodeOf(process)).isEqualTo(7);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    @DisplayName("C16: the process stays alive while a running job exists, and no longer")
    void runningJobKeepsProcessAlive() throws Exception {
        Process process = start("leave-main");

        assertThat(outputOf(process).lines()).containsExactly("worked on", "closed");
        assertThat(exitCodeOf(process)).isZero();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @DisplayName("C16: the same on virtual threads, which keep no process alive by themselves")
    void runningJobOnVirtualThreadKeepsProcessAlive() throws Exception {
        Process process = start("leave-main-virtual");

        assertThat(outputOf(process).lines()).containsExactly("worked on", "closed");
        assertThat(exitCodeOf(process)).isZero();
    }

    @Test
    @DisplayName("C16: after the shutdown, a job that was abandoned keeps no process alive")
    void abandonedJobKeepsNothingAlive() throws Exception {
        Process process = start("abandon");

        assertThat(outputOf(process).lines()).containsExactly("closed", "TIMED_OUT");
        assertThat(exitCodeOf(process)).isZero();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @DisplayName("C16: the same on virtual threads")
    void abandonedJobOnVirtualThreadKeepsNothingAlive() throws Exception {
        Process process = start("abandon-virtual");

        assertThat(outputOf(process).lines()).containsExactly("closed", "TIMED_OUT");
        assertThat(exitCodeOf(process)).isZero();
    }
}
