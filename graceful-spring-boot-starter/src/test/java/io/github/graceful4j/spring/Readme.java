package io.github.graceful4j.spring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the tables of the README, so that tests can hold them true. */
public final class Readme {

    private Readme() {}

    /** Returns the rows of the table in a section, without its two heading rows. */
    public static List<String> tableRows(String heading) throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"), StandardCharsets.UTF_8);
        return readme.lines()
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("#"))
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .toList();
    }
}
