package io.github.graceful4j.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a sample process leaves behind.
 *
 * @param directory where it kept its files
 */
record SampleFiles(Path directory) {

    private static final String TOP_UP = """
            insert into orders (id, customer, item, quantity, amount_cents)
            select random_uuid(), 'Ada', 'apple', 1, 45
            from system_range(1, ? - (select count(*) from orders where not settled))""";

    /** Sees to it that so many orders wait when the next process starts, so that its workers have no pause. */
    void topUpWaitingOrders(int count) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "sa", "");
                Statement schema = connection.createStatement()) {
            schema.execute("runscript from 'classpath:schema.sql'");
            try (PreparedStatement topUp = connection.prepareStatement(TOP_UP)) {
                topUp.setInt(1, count);
                topUp.executeUpdate();
            }
        }
    }

    /** Reads database and ledger, past the application. */
    OrdersAudit audit() throws Exception {
        return new OrdersAudit(StoredOrder.readAll(url()), Files.readAllLines(directory.resolve("ledger.txt")));
    }

    private String url() {
        return "jdbc:h2:file:" + directory.resolve("orders");
    }
}
