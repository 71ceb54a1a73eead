package io.github.graceful4j.benchmarks.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Java that runs what is measured.
 *
 * @param feature its feature version, such as 25
 * @param text what it calls itself
 */
public record JavaVersion(int feature, String text) {

    private static final Pattern FEATURE = Pattern.compile("java\\.specification\\.version = (\\d+)");
    private static final Pattern TEXT = Pattern.compile("java\\.runtime\\.version = (\\S+)");

    /**
     * Asks it.
     *
     * @param java the program
     * @throws IOException if it can't be started
     */
    public static JavaVersion of(Path java) throws IOException {
        Process process = new ProcessBuilder(java.toString(), "-XshowSettings:properties", "-version")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new JavaVersion(Integer.parseInt(find(FEATURE, output)), find(TEXT, output));
    }

    private static String find(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalArgumentException("Can't tell the version of Java from:\n" + output);
        }
        return matcher.group(1);
    }
}
