package io.github.graceful4j.benchmarks.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells what came of it: to whoever waits at the terminal, and to a file. */
public final class Report {

    private Report() {}

    /**
     * Prints the table and writes the JSON.
     *
     * @param results what was measured
     * @param circumstances where and how
     * @param json the file to write, in a directory that is made if it is missing
     * @throws IOException if the file can't be written
     */
    public static void write(Results results, Circumstances circumstances, Path json) throws IOException {
        List<Row> rows = results.rows();
        System.out.println();
        System.out.print(Table.of(rows, circumstances));
        Path directory = json.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.writeString(json, Json.of(rows, circumstances));
        System.out.println();
        System.out.println("All values are in " + json);
    }
}
