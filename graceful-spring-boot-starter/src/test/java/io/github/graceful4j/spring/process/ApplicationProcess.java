package io.github.graceful4j.spring.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An application that runs in a JVM of its own, and whose output the test reads. Confined to the test's thread. */
final class ApplicationProcess implements AutoCloseable {

    /** A net, not a measure: several start at once, and beside other work each takes its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final BufferedReader output;
    private final List<String> lines = new ArrayList<>();

    private ApplicationProcess(Process process) {
        this.process = process;
        CompletableFuture.delayedExecutor(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .execute(process::destroyForcibly); // or a test that reads from one that hangs would hang as well
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ApplicationProcess start(Class<?> main, String... arguments) {
        return start(main, entry -> true, arguments);
    }

    /** Starts a main class with the part of the test's class path that {@code onClassPath} accepts. */
    static ApplicationProcess start(Class<?> main, Predicate<String> onClassPath, String... arguments) {
        return start(List.of(), List.of(), main, onClassPath, arguments);
    }

    /** Starts a main class with options of the JVM. */
    static ApplicationProcess startWith(List<String> options, Class<?> main, Predicate<String> onClassPath) {
        return start(List.of(), options, main, onClassPath);
    }

    /**
     * Starts a main class that heeds all signals, whatever the build was told to ignore, with more on its class path.
     */
    static ApplicationProcess startWithSignals(
            List<String> options, Class<?> main, List<Path> alsoOnClassPath, String... arguments) {
        List<String> heeding = List.of("env", "--default-signal=INT,HUP");
        return start(heeding, options, main, entry -> true, alsoOnClassPath, arguments);
    }

    /** Starts a main class on a disk that is full as soon as a file has half a kilobyte. */
    static ApplicationProcess startWithDiskFull(Class<?> main, String... arguments) {
        List<String> limited = List.of("sh", "-c", "ulimit -f 1; exec \"$@\"", "sh");
        return start(limited, List.of(), main, entry -> true, arguments);
    }

    private static ApplicationProcess start(
            List<String> prefix,
            List<String> options,
            Class<?> main,
            Predicate<String> onClassPath,
            String... arguments) {
        return start(prefix, options, main, onClassPath, List.of(), arguments);
    }

    private static ApplicationProcess start(
            List<String> prefix,
            List<String> options,
            Class<?> main,
            Predicate<String> onClassPath,
            List<Path> alsoOnClassPath,
            String... arguments) {
        String classPath = Stream.concat(
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(onClassPath),
                        alsoOnClassPath.stream().map(Path::toString))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        try {
            return new ApplicationProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the output until a line contains {@code text}. */
    ApplicationProcess awaitLine(String text) {
        for (String line = readLine(); line != null; line = readLine()) {
            if (line.contains(text)) {
                return this;
            }
        }
        throw new AssertionError("The process ended without '" + text + "':\n" + String.join("\n", lines));
    }

    private @Nullable String readLine() {
        try {
            String line = output.readLine();
            if (line != null) {
                lines.add(line);
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends SIGTERM; through the handle, since {@link Process#destroy()} closes the output before it is read. */
    ApplicationProcess terminate() {
        process.toHandle().destroy();
        return this;
    }

    /** Sends a signal, such as {@code INT}. */
    ApplicationProcess send(String signal) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid())
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** Sends SIGKILL. */
    ApplicationProcess kill() {
        process.toHandle().destroyForcibly();
        return this;
    }

    /** Returns whether the process does not end for some time; real time, as the JVM tells nobody that it won't end. */
    boolean isAliveFor(Duration duration) {
        try {
            return !process.waitFor(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the process ends, and returns its exit code. */
    int awaitExit() {
        String line = readLine();
        while (line != null) {
            line = readLine();
        }
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The process does not end:\n" + String.join("\n", lines));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** Returns the lines that start with {@code prefix}, without it. */
    List<String> linesAfter(String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
