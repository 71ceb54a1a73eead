package io.github.graceful4j.benchmarks.fork;

import io.github.graceful4j.benchmarks.result.Arguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What was asked for at the command line.
 *
 * @param rounds how many processes of each candidate there are
 * @param scenarios what is measured
 * @param jobs how many jobs there are, instead of the amounts of the scenarios; empty for these
 * @param java what runs the processes
 * @param jvm flags of all of them
 * @param json the file to write
 */
record Options(int rounds, List<Scenario> scenarios, List<Integer> jobs, Path java, List<String> jvm, Path json) {

    private static final Set<String> NAMES = Set.of("--rounds", "--scenarios", "--jobs", "--java", "--jvm", "--json");

    Options {
        scenarios = List.copyOf(scenarios);
        jobs = List.copyOf(jobs);
        jvm = List.copyOf(jvm);
    }

    static Options of(String... args) {
        Arguments arguments = Arguments.of(NAMES, args);
        List<String> names = arguments.parts("--scenarios", ",");
        return new Options(
                arguments.rounds(),
                names.isEmpty()
                        ? Scenarios.ALL
                        : names.stream().map(Scenarios::named).toList(),
                arguments.parts("--jobs", ",").stream().map(Integer::valueOf).toList(),
                arguments.java(),
                arguments.parts("--jvm", " "),
                arguments.json("benchmarks/target/forks.json"));
    }
}
