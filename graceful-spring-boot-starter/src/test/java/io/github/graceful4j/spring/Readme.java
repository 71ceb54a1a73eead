package io.github.graceful4j.spring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the tables of the README, so that tests can hold them true. */
public final class Readme {

    private Readme() {}

    /** Returns the fenced blocks of a language, in order. */
    public static List<String> blocks(String language) throws IOException {
        return Pattern.compile("^```" + language + "\\R(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text())
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** Returns the rows of the table in a section, without its two heading rows. */
    public static List<String> tableRows(String heading) throws IOException {
        return text().lines()
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("#"))
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .toList();
    }

    private static String text() throws IOException {
        return Files.readString(Path.of("..", "README.md"), StandardCharsets.UTF_8);
    }
}
