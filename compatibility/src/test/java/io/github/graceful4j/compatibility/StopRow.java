package io.github.graceful4j.compatibility;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A row of the README's table "what stops when".
 *
 * @param component what it is, in words
 * @param bean the name of the bean, or its class without the package
 * @param place where it stops
 * @param lines the Spring Boot lines that it is so on, or {@code all}
 */
record StopRow(String component, String bean, Place place, String lines) {

    private static final Pattern QUOTED = Pattern.compile("^`([^`]*)`$");

    private static final List<String> HEADER =
            List.of("component", "bean", "phase", "running jobs", "shutdown jobs", "Spring Boot");

    /**
     * Where something stops.
     *
     * @param phase its phase as the README writes it, or {@code destruction}
     * @param runningJobs whether it has stopped {@code before} the running jobs end, or {@code after}
     * @param shutdownJobs whether it has stopped {@code before} the shutdown jobs run, or {@code after}
     */
    record Place(String phase, String runningJobs, String shutdownJobs) {}

    /** Returns the rows of the table that begins with the header. */
    static List<StopRow> of(List<String> markdown) {
        List<StopRow> rows = new ArrayList<>();
        boolean isInTable = false;
        for (String line : markdown) {
            List<String> cells = cells(line);
            isInTable = cells.equals(HEADER) || (isInTable && cells.size() == HEADER.size());
            if (isInTable && !cells.equals(HEADER) && !line.startsWith("|---")) {
                Place place = new Place(cells.get(2), cells.get(3), cells.get(4));
                rows.add(new StopRow(cells.get(0), cells.get(1), place, cells.get(5)));
            }
        }
        return rows;
    }

    private static List<String> cells(String line) {
        return line.startsWith("| ") || line.startsWith("|---")
                ? Stream.of(line.substring(1).split("\\|"))
                        .map(cell -> QUOTED.matcher(cell.strip()).replaceFirst("$1"))
                        .toList()
                : List.of();
    }

    /** Returns whether it is about that line, such as 4.1.2. */
    boolean isOn(String version) {
        return lines.equals("all")
                || Stream.of(lines.split(",")).map(String::strip).anyMatch(line -> version.startsWith(line + "."));
    }

    /** Returns the row as it is to be written, on these lines. */
    @Override
    public String toString() {
        return "| %s | `%s` | %s | %s | %s | %s |"
                .formatted(
                        component,
                        bean,
                        place.phase().equals("destruction") ? "destruction" : "`" + place.phase() + "`",
                        place.runningJobs(),
                        place.shutdownJobs(),
                        lines);
    }
}
