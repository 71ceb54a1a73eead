package io.github.graceful4j.benchmarks.result;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was asked for at the command line: options, each with a value.
 *
 * @param values the values by the names of their options
 */
public record Arguments(Map<String, String> values) {

    /** How many rounds there are where nobody asks for another number. */
    private static final String ROUNDS = "5";

    /** Copies the values. */
    public Arguments {
        values = Map.copyOf(values);
    }

    /**
     * Reads the arguments.
     *
     * @param known the names of the options there are
     * @param args the arguments as typed
     * @throws IllegalArgumentException if there is another option, or one without a value
     */
    public static Arguments of(Set<String> known, String... args) {
        Map<String, String> values = new HashMap<>();
        for (int arg = 0; arg < args.length; arg += 2) {
            if (!known.contains(args[arg]) || arg + 1 == args.length) {
                throw new IllegalArgumentException("Can't understand '" + args[arg]
                        + "': there is "
                        + String.join(", ", known.stream().sorted().toList())
                        + ", each with a value");
            }
            values.put(args[arg], args[arg + 1]);
        }
        return new Arguments(values);
    }

    /** Returns how many rounds there are. */
    public int rounds() {
        return Integer.parseInt(text("--rounds", ROUNDS));
    }

    /** Returns the program that runs what is measured: the one that runs this, unless another was asked for. */
    public Path java() {
        Path own = Path.of(System.getProperty("java.home", ""), "bin", "java");
        return Path.of(text("--java", own.toString()));
    }

    /**
     * Returns the file for all values.
     *
     * @param otherwise the one if nobody asked for another
     */
    public Path json(String otherwise) {
        return Path.of(text("--json", otherwise));
    }

    /**
     * Returns the parts of a value that has several.
     *
     * @param name the name of the option
     * @param separator what is between the parts
     * @return the parts, none if nobody asked for any
     */
    public List<String> parts(String name, String separator) {
        return Arrays.stream(text(name, "").split(separator, -1))
                .filter(part -> !part.isBlank())
                .toList();
    }

    private String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }
}
