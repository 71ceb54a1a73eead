package io.github.graceful4j.spring;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Prometheus reads from a process, in its text format.
 *
 * @param samples the values
 */
public record Exposition(List<Sample> samples) {

    private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One value of one series. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    /** Reads the text format; a line that is neither a comment nor a sample is an error. */
    public static Exposition parse(String text) {
        return new Exposition(text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Exposition::sample)
                .toList());
    }

    private static Sample sample(String line) {
        MatchResult match = LINE.matcher(line)
                .results()
                .filter(found -> found.group().length() == line.length())
                .findFirst()
                .orElseThrow(() -> new AssertionError("Not a sample: " + line));
        String labels = match.group(2) == null ? "" : match.group(2);
        return new Sample(
                match.group(1),
                LABEL.matcher(labels)
                        .results()
                        .collect(Collectors.toMap(label -> label.group(1), label -> label.group(2))),
                Double.parseDouble(match.group(3).replace("Inf", "Infinity")));
    }

    /** Returns the value of the only series that has these labels, given as names and values in turn. */
    public double value(String name, String... labels) {
        List<Double> values = samples.stream()
                .filter(sample -> sample.name().equals(name) && has(sample, labels))
                .map(Sample::value)
                .toList();
        if (values.size() != 1) {
            throw new AssertionError("There are " + values.size() + " series " + name + " " + List.of(labels));
        }
        return values.get(0);
    }

    private static boolean has(Sample sample, String... labels) {
        for (int label = 0; label < labels.length; label += 2) {
            if (!labels[label + 1].equals(sample.labels().get(labels[label]))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the names of all series. */
    public Set<String> names() {
        return samples.stream().map(Sample::name).collect(Collectors.toSet());
    }

    /** Returns the labels that all series of a name have. */
    public Set<String> labels(String name) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .flatMap(sample -> sample.labels().keySet().stream())
                .collect(Collectors.toSet());
    }

    /** Returns the values that a label has. */
    public Set<String> values(String name, String label) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .map(sample -> sample.labels().getOrDefault(label, ""))
                .collect(Collectors.toSet());
    }
}
