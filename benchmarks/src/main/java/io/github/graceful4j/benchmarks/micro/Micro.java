package io.github.graceful4j.benchmarks.micro;

import io.github.graceful4j.benchmarks.result.Arguments;
import io.github.graceful4j.benchmarks.result.Circumstances;
import io.github.graceful4j.benchmarks.result.JavaVersion;
import io.github.graceful4j.benchmarks.result.Measured;
import io.github.graceful4j.benchmarks.result.Report;
import io.github.graceful4j.benchmarks.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks of JMH in rounds, each in one process of its own per round: JMH by itself would run all processes
 * of one after the other, and compare what was measured minutes apart.
 */
public final class Micro {

    private static final int[] THREADS = {1, 2, 8};

    private final Results results = new Results();
    private final Path java;

    private Micro(Path java) {
        this.java = java;
    }

    /**
     * Measures and tells what came of it.
     *
     * @param args the options, see {@code benchmarks/README.md}
     * @throws RunnerException if a benchmark fails
     * @throws IOException if the results can't be written
     */
    public static void main(String[] args) throws RunnerException, IOException {
        Arguments arguments = Arguments.of(Set.of("--rounds", "--java", "--json"), args);
        Micro micro = new Micro(arguments.java());
        for (int round = 1; round <= arguments.rounds(); round++) {
            micro.measure(round);
        }
        Report.write(
                micro.results,
                new Circumstances(JavaVersion.of(micro.java).text(), "Micro " + String.join(" ", args)),
                arguments.json("benchmarks/target/micro.json"));
    }

    private void measure(int round) throws RunnerException {
        for (int threads : THREADS) {
            System.out.println("unit of work, " + threads + " threads, round " + round);
            measure(
                    WorkTrackerBenchmark.class,
                    threads,
                    round,
                    new Measured(
                            "Unit of work entered and closed, threads: " + threads,
                            "per unit",
                            "ns",
                            WorkTrackerBenchmark.REFERENCE));
        }
        System.out.println("registration, round " + round);
        measure(
                RegistrationBenchmark.class,
                1,
                round,
                new Measured("Job registered and forgotten", "per job", "ns", RegistrationBenchmark.REFERENCE));
    }

    private void measure(Class<?> benchmarks, int threads, int round, Measured measured) throws RunnerException {
        for (RunResult run : new Runner(new OptionsBuilder()
                        .include(benchmarks.getName())
                        .jvm(java.toString())
                        // Both logs are on the class path; this is the one that writes nothing.
                        .jvmArgsAppend(
                                "-Dslf4j.provider=org.slf4j.nop.NOPServiceProvider", "-Dslf4j.internal.verbosity=WARN")
                        .forks(1)
                        .threads(threads)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run()) {
            results.add(
                    measured,
                    run.getPrimaryResult().getLabel(),
                    round,
                    run.getPrimaryResult().getScore());
        }
    }
}
