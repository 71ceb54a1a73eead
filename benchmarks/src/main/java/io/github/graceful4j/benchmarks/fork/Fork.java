package io.github.graceful4j.benchmarks.fork;

import io.github.graceful4j.benchmarks.trial.Child;
import io.github.graceful4j.benchmarks.trial.Figures;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One process, in which one candidate is measured. */
final class Fork {

    private static final int LIMIT_MINUTES = 10;
    private static final String EXIT = "until exit";
    private static final double NANOS_PER_MILLI = 1_000_000;

    private final List<Figure> figures = new ArrayList<>();
    private final StringBuilder output = new StringBuilder();
    private final Process process;

    private Fork(List<String> command) throws IOException {
        this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Runs a process until its end, and returns what was measured. */
    static List<Figure> run(Scenario scenario, Candidate candidate, int amount, Options options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(options.java().toString());
        command.addAll(options.jvm());
        command.addAll(candidate.flags());
        command.addAll(List.of("-cp", Jars.classPathOf(candidate.jars()), Child.class.getName()));
        command.addAll(List.of(
                scenario.trial().getName(),
                candidate.type().getName(),
                String.valueOf(candidate.ownAmount().orElse(amount))));
        Fork fork = new Fork(command);
        // Whoever ends this process must not be left with the other.
        Thread hook = new Thread(fork.process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
        List<Figure> figures = fork.figures();
        Runtime.getRuntime().removeShutdownHook(hook);
        return figures;
    }

    private List<Figure> figures() throws IOException {
        CompletableFuture<Process> limit =
                process.onExit().orTimeout(LIMIT_MINUTES, TimeUnit.MINUTES).whenComplete(this::endIfLate);
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                accept(line);
            }
        }
        limit.join();
        if (figures.isEmpty()) {
            throw new IllegalStateException(
                    "Can't measure: the process exited with " + process.exitValue() + ":\n" + output);
        }
        return figures;
    }

    private void endIfLate(@Nullable Process ended, @Nullable Throwable late) {
        // Not always: it would close what has not been read yet.
        if (late != null) {
            process.destroyForcibly();
        }
    }

    private void accept(String line) {
        output.append(line).append('\n');
        if (line.startsWith(Figures.FIGURE)) {
            figures.add(Figure.of(line));
        } else if (line.equals(Figures.READY)) {
            figures.add(new Figure(EXIT, "ms", terminate() / NANOS_PER_MILLI));
        }
    }

    /** Sends SIGTERM, and returns how many nanoseconds the process took from there to its exit. */
    private long terminate() {
        CompletableFuture<Process> exit = process.onExit();
        long began = System.nanoTime();
        // On the handle, since on the process it would close what has to be read.
        process.toHandle().destroy();
        exit.join();
        return System.nanoTime() - began;
    }
}
