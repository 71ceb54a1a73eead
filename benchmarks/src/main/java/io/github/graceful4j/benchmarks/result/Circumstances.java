package io.github.graceful4j.benchmarks.result;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where and how something was measured; without it, no figure can be compared with another.
 *
 * @param java the version of Java that was measured
 * @param command what was asked for
 */
public record Circumstances(String java, String command) {

    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        all.put("java", java);
        all.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        all.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        all.put("command", command);
        return all;
    }
}
