package io.github.graceful4j.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged sample as a process of its own, on free ports. */
final class SampleProcess {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    /** A net, not a measure: several start at once, and beside other work each takes its time. */
    static final long PATIENCE_SECONDS = 240;

    private final Process process;

    private final List<String> output = new CopyOnWriteArrayList<>();

    private final CompletableFuture<Integer> started = new CompletableFuture<>();

    private final Thread reader = new Thread(this::readOutput, "sample-output");

    private SampleProcess(Process process) {
        this.process = process;
    }

    /** Unpacks the packaged sample, as Spring Boot advises where it is run: it starts faster so. */
    static Path unpack(Path directory) throws Exception {
        String packaged = System.getProperty("sample.jar", "target/sample-app.jar");
        Path unpacked = directory.resolve("unpacked");
        List<String> command =
                List.of(java(), "-Djarmode=tools", "-jar", packaged, "extract", "--destination", unpacked.toString());
        int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exitCode != 0) {
            throw new AssertionError("The sample could not be unpacked: exit code " + exitCode);
        }
        return unpacked.resolve(Path.of(packaged).getFileName());
    }

    /** Starts the unpacked sample and waits until it has started. */
    static SampleProcess start(Path unpacked, Path directory, String... arguments) throws Exception {
        return start(List.of("-jar", unpacked.toString()), directory, arguments);
    }

    /** Starts the packaged sample as it was processed ahead of time, and waits until it has started. */
    static SampleProcess startAheadOfTime(Path directory, String... arguments) throws Exception {
        String jar = System.getProperty("sample.aot.jar", "target/sample-app-aot.jar");
        return start(List.of("-Dspring.aot.enabled=true", "-jar", jar), directory, arguments);
    }

    /** Starts the sample with a command as it is typed in the folder of the project, and waits until it has started. */
    static SampleProcess startAsTyped(List<String> command, Path directory) throws Exception {
        List<String> typed = new ArrayList<>(command);
        typed.set(0, java());
        return startIn(Path.of(".."), typed, directory);
    }

    /** Runs a command as it is typed in the folder of the project, to its end. */
    static void runAsTyped(List<String> command) throws Exception {
        List<String> typed = new ArrayList<>(command);
        typed.set(0, java());
        int exitCode = new ProcessBuilder(typed)
                .directory(Path.of("..").toFile())
                .inheritIO()
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new AssertionError(command + " ended with exit code " + exitCode);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static SampleProcess start(List<String> what, Path directory, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(what);
        return startIn(Path.of("."), command, directory, arguments);
    }

    private static SampleProcess startIn(Path folder, List<String> start, Path directory, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(start);
        command.addAll(List.of("--server.port=0", "--management.server.port=0", "--sample.directory=" + directory));
        command.addAll(List.of(arguments));
        SampleProcess sample = new SampleProcess(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start());
        sample.reader.start();
        sample.awaitStarted();
        return sample;
    }

    private void readOutput() {
        int port = 0;
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                Matcher matcher = PORT.matcher(line);
                if (port == 0 && matcher.find()) {
                    // the first port is the service's, the second one management's
                    port = Integer.parseInt(matcher.group(1));
                } else if (line.contains("Started OrderServiceApplication")) {
                    started.complete(port);
                }
            }
        } catch (IOException e) {
            output.add(e.toString());
        }
        started.completeExceptionally(new IllegalStateException("The sample ended"));
    }

    private void awaitStarted() throws InterruptedException {
        try {
            started.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            if (e instanceof ExecutionException) {
                process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS); // it ends by itself, and says how
            }
            throw new AssertionError(
                    "The sample did not start, and ended with exit code " + kill() + ":\n" + output(), e);
        }
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + started.join() + path);
    }

    /** Sends SIGTERM and returns the exit code; through the handle, as the process itself would close the output. */
    int terminate() throws InterruptedException {
        process.toHandle().destroy();
        return awaitExit();
    }

    /** Sends SIGKILL and returns the exit code. */
    int kill() throws InterruptedException {
        process.destroyForcibly();
        return awaitExit();
    }

    private int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("The sample did not end:\n" + output());
        }
        reader.join();
        return process.exitValue();
    }

    String output() {
        return String.join("\n", output);
    }
}
