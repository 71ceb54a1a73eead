package io.github.graceful4j.sample;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a sample process leaves behind.
 *
 * @param directory where it kept its files
 */
record SampleFiles(Path directory) {

    OrdersAudit audit() throws Exception {
        return new OrdersAudit(
                StoredOrder.readAll("jdbc:h2:file:" + directory.resolve("orders")),
                Files.readAllLines(directory.resolve("ledger.txt")));
    }
}
