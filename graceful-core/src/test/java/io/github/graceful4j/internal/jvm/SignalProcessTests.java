package io.github.graceful4j.internal.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What only signals of the operating system can show. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class SignalProcessTests {

    /**
     * Runs a command in a process group of its own and says the number of its process. It is waited for inside that
     * group, as a shell with job control sometimes takes a job that was suspended once for one that has ended.
     */
    private static final String IN_A_GROUP = """
            # A build that runs in the background may have been told to ignore SIGINT, which would be inherited.
            heeding=; env --default-signal=INT true 2> /dev/null && heeding="env --default-signal=INT"
            set -m
            (set +m; bash -c 'echo $$; exec "$@" 2>&1' bash $heeding "$@"; exit $?) <&0 2> /dev/null &
            exec 2> /dev/null
            wait $!
            """;

    private final List<Played> programs = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() {
        programs.forEach(Played::kill);
    }

    @Test
    @DisplayName("C27: the JVM goes on with a signal when the last manager is done, also when that is the younger one")
    void goesOnWhenTheLastIsDone() throws Exception {
        Played program = start();
        program.tell("join older", "join younger");

        program.send("TERM");
        assertThat(program.next()).isEqualTo("older SIGTERM");
        assertThat(program.next()).isEqualTo("younger SIGTERM");
        program.tell("end older");
        assertThat(program.next()).isEqualTo("older done");
        program.command("end younger");

        assertThat(program.rest()).contains("younger done");
        assertThat(program.exitCode()).isEqualTo(143);
    }

    @Test
    @DisplayName("C27: when all managers have left, a signal ends the process at once")
    void nothingIsLeftBehind() throws Exception {
        Played program = start();
        program.tell("join first", "join second", "end first", "end second");

        program.send("INT");

        assertThat(program.rest()).isEmpty();
        assertThat(program.exitCode()).isEqualTo(130);
    }

    @Test
    @DisplayName("C17: a second signal prints what runs in all managers, and halts with its code")
    void secondSignalHalts() throws Exception {
        Played program = start();
        program.tell("join first", "join second");
        program.send("TERM");
        assertThat(program.next()).isEqualTo("first SIGTERM");
        assertThat(program.next()).isEqualTo("second SIGTERM");

        program.send("INT");

        assertThat(program.rest())
                .containsExactly(
                        "Received SIGINT while shutting down; halting. Still running:",
                        "job of first",
                        "job of second");
        assertThat(program.exitCode()).isEqualTo(130);
    }

    @Test
    @DisplayName("C27: a handler that somebody else installed on top is kept when ours go and come")
    void foreignHandlerIsKept() throws Exception {
        Played program = start();
        program.tell("join first", "foreign TERM", "end first", "join second");

        program.send("TERM");
        assertThat(program.next()).isEqualTo("second SIGTERM");
        program.command("end second");

        assertThat(program.rest()).contains("second done", "foreign SIGTERM");
        assertThat(program.exitCode()).isEqualTo(143);
    }

    @Test
    @DisplayName("C27: managers of two class loaders shut down side by side, and the last one ends the process")
    void classLoadersShutDownSideBySide() throws Exception {
        Played program = start();
        program.tell("join lower", "elsewhere join upper");

        program.send("TERM");
        assertThat(program.next()).isEqualTo("upper SIGTERM");
        assertThat(program.next()).isEqualTo("lower SIGTERM");
        program.tell("end lower");
        assertThat(program.next()).isEqualTo("lower done");
        program.command("elsewhere end upper");

        assertThat(program.rest()).contains("upper done");
        assertThat(program.exitCode()).isEqualTo(143);
    }

    @Test
    @DisplayName("C17: SIGTSTP suspends the process, every time, and afterwards signals are handled as before")
    void stopSignalSuspends() throws Exception {
        Played program = start();
        program.tell("join manager");

        for (int round = 0; round < 3; round++) {
            program.send("TSTP");
            assertThat(program.next()).isEqualTo("manager SIGTSTP");
            Waiting.until(program::isSuspended);
            program.send("CONT");
            program.tell("join another" + round, "end another" + round);
        }

        program.send("TERM");
        // On a busy machine, one signal may be told twice before it suspends.
        assertThat(program.next("manager SIGTSTP")).isEqualTo("manager SIGTERM");
        program.command("end manager");
        assertThat(program.rest()).contains("manager done");
        assertThat(program.exitCode()).isEqualTo(143);
    }

    @Test
    @DisplayName("C17: SIGTSTP goes to whoever handles it beside us, and suspends the process through him")
    void stopSignalGoesThroughForeignHandler() throws Exception {
        Played program = start();
        program.tell("join manager", "foreign TSTP");

        program.send("TSTP");
        assertThat(program.next()).isEqualTo("foreign SIGTSTP");
        assertThat(program.next()).isEqualTo("manager SIGTSTP");
        Waiting.until(program::isSuspended);
        program.send("CONT");
        program.tell("end manager");
        program.send("TSTP");

        assertThat(program.next()).isEqualTo("foreign SIGTSTP");
        Waiting.until(program::isSuspended);
    }

    @Test
    @DisplayName("C17: with -Xrs signals are left alone: SIGTSTP suspends, and SIGTERM ends the process at once")
    void reducedSignalsAreLeftAlone() throws Exception {
        Played program = start("-Xrs");
        program.tell("join manager");
        assertThat(program.next()).startsWith("manager notes: Can't handle SIGTERM");
        assertThat(program.next()).startsWith("manager notes: Can't handle SIGINT");

        program.send("TSTP");
        Waiting.until(program::isSuspended);
        program.send("CONT");
        program.send("TERM");

        assertThat(program.rest()).isEmpty();
        assertThat(program.exitCode()).isEqualTo(143);
    }

    /** Starts the program in a process group of its own, as a shell does, or the system does not suspend it. */
    private Played start(String... options) throws IOException {
        String java = Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString();
        List<String> command = new ArrayList<>(List.of("bash", "-c", IN_A_GROUP, "bash", java));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp", Objects.requireNonNull(System.getProperty("java.class.path")), SignalProgram.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Played program = new Played(process);
        programs.add(program);
        return program;
    }

    /** A program under way. */
    private static final class Played {

        private static final String ANSWER = "ok";

        private final Process process;
        private final Writer commands;
        private final BufferedReader output;
        private final Queue<String> saidMeanwhile = new ArrayDeque<>();
        private final long pid;

        private Played(Process process) throws IOException {
            this.process = process;
            this.commands = process.outputWriter(StandardCharsets.UTF_8);
            this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            this.pid = Long.parseLong(next());
        }

        private void kill() {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        /** Returns the next line that is no answer to a command. */
        private String next() throws IOException {
            return saidMeanwhile.isEmpty() ? nextLine() : saidMeanwhile.remove();
        }

        private String next(String ignored) throws IOException {
            String line = next();
            while (line.equals(ignored)) {
                line = next();
            }
            return line;
        }

        private String nextLine() throws IOException {
            return Objects.requireNonNull(output.readLine(), "the program has ended");
        }

        /** Returns what the program says until it ends. */
        private List<String> rest() {
            return Stream.concat(saidMeanwhile.stream(), output.lines())
                    .filter(line -> !line.equals(ANSWER))
                    .toList();
        }

        private void command(String command) throws IOException {
            commands.write(command + "\n");
            commands.flush();
        }

        private void tell(String... all) throws IOException {
            for (String command : all) {
                command(command);
                for (String line = nextLine(); !line.equals(ANSWER); line = nextLine()) {
                    saidMeanwhile.add(line);
                }
            }
        }

        private void send(String signal) throws IOException, InterruptedException {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
            assertThat(kill.waitFor()).isZero();
        }

        private boolean isSuspended() {
            try {
                String status = Files.readString(Path.of("/proc/" + pid + "/stat"));
                return status.substring(status.lastIndexOf(')')).startsWith(") T");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private int exitCode() throws InterruptedException {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("the process has ended")
                    .isTrue();
            return process.exitValue();
        }
    }
}
