package io.github.graceful4j.benchmarks.fork;

import io.github.graceful4j.benchmarks.result.Circumstances;
import io.github.graceful4j.benchmarks.result.JavaVersion;
import io.github.graceful4j.benchmarks.result.Measured;
import io.github.graceful4j.benchmarks.result.Report;
import io.github.graceful4j.benchmarks.result.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Measures whole processes, each candidate once in a round, in another order each time. */
public final class Forks {

    private final Options options;
    private final JavaVersion java;
    private final Results results = new Results();

    private Forks(Options options) throws IOException {
        this.options = options;
        this.java = JavaVersion.of(options.java());
    }

    /**
     * Measures and tells what came of it.
     *
     * @param args the options, see {@code benchmarks/README.md}
     * @throws IOException if a process can't be started, or the results can't be written
     */
    public static void main(String[] args) throws IOException {
        Forks forks = new Forks(Options.of(args));
        forks.options.scenarios().forEach(forks::measure);
        Report.write(
                forks.results,
                new Circumstances(forks.java.text(), "Forks " + String.join(" ", args)),
                forks.options.json());
    }

    private void measure(Scenario scenario) {
        List<Candidate> candidates = scenario.candidatesFor(java.feature());
        if (candidates.isEmpty()) {
            System.out.println(scenario.name() + ": nothing of it runs on Java " + java.feature());
            return;
        }
        for (int amount : scenario.amounts().or(options.jobs())) {
            List<Candidate> order = new ArrayList<>(candidates);
            for (int round = 1; round <= options.rounds(); round++) {
                for (Candidate candidate : order) {
                    measure(scenario, candidate, amount, round);
                }
                Collections.rotate(order, 1);
            }
        }
    }

    private void measure(Scenario scenario, Candidate candidate, int amount, int round) {
        String title = scenario.about() + scenario.amounts().text(amount);
        System.out.println(
                scenario.name() + scenario.amounts().text(amount) + ", round " + round + ": " + candidate.name());
        try {
            for (Figure figure : Fork.run(scenario, candidate, amount, options)) {
                results.add(
                        new Measured(title, figure.name(), figure.unit(), scenario.reference()),
                        candidate.name(),
                        round,
                        figure.value());
            }
        } catch (IOException | IllegalStateException | CompletionException e) {
            // The others still have something to tell; the table shows who is missing.
            System.out.println(e.getMessage());
        }
    }
}
