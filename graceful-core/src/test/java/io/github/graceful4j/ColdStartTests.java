package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What the start and the first shutdown of a process cost, once each: nearly all of it is loading classes, of which the
 * number does not depend on the machine. Where a bound is exceeded, look for a lambda, a stream or a format on the
 * ordinary way.
 */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class ColdStartTests {

    private static final String PROGRAM = "io.github.graceful4j.Programs";
    private static final String NO_PRIMING = """
            package io.github.graceful4j.internal.stop;

            public final class Priming {

                public static void begin() {}

                static void hurry() {}
            }
            """;

    @TempDir
    private Path directory;

    /** The classes that were loaded, all of them and those of this library. */
    private record Loaded(List<String> all, List<String> ours) {

        private static Loaded between(List<String> log, String from, String to) {
            List<String> all = log.subList(indexOf(log, from) + 1, indexOf(log, to));
            return new Loaded(
                    all,
                    all.stream()
                            .filter(line -> line.contains("io.github.graceful4j."))
                            .toList());
        }

        private static int indexOf(List<String> log, String mark) {
            int index = 0;
            while (!log.get(index).contains(PROGRAM + "$" + mark + " ")) {
                index++;
            }
            return index;
        }
    }

    /** Priming would load what is counted, beside the shutdown. */
    private Path withoutPriming() throws Exception {
        Path source = Files.writeString(directory.resolve("Priming.java"), NO_PRIMING);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", directory.toString(), source.toString());
        assertThat(result).isZero();
        return directory;
    }

    @Test
    @DisplayName("C22: the start and the first shutdown load few classes, no lambdas among them, and start few threads")
    void fewClassesAndThreads() throws Exception {
        Path log = directory.resolve("classes.log");
        String classPath =
                withoutPriming() + File.pathSeparator + Objects.requireNonNull(System.getProperty("java.class.path"));
        String java = Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString();
        List<String> command = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-Xlog:class+load:file=\"" + log + "\"", "-cp", classPath, PROGRAM, "cold"));

        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> lines = Files.readAllLines(log);
        Loaded start = Loaded.between(lines, "BeforeBuild", "BeforeShutdown");
        Loaded shutdown = Loaded.between(lines, "BeforeShutdown", "AfterShutdown");
        assertThat(start.ours()).hasSizeLessThanOrEqualTo(66);
        assertThat(start.all()).hasSizeLessThanOrEqualTo(105);
        assertThat(shutdown.ours()).hasSizeLessThanOrEqualTo(31).noneMatch(line -> line.contains("Lambda"));
        assertThat(shutdown.all()).hasSizeLessThanOrEqualTo(80);
        assertThat(Integer.parseInt(said.strip()))
                .as("one for each of the ten jobs, and one each for the shutdown, the log, the exit, the stage")
                .isLessThanOrEqualTo(14);
    }
}
