package io.github.graceful4j.sample;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * An order as the database holds it, read past the application.
 *
 * @param number the number the database gave it
 * @param id the id the client gave it
 * @param settled whether the order says that it was settled
 * @param amountCents what was ordered
 * @param settlements how often it was settled
 * @param settledCents what was settled
 */
record StoredOrder(long number, String id, boolean settled, long amountCents, int settlements, long settledCents) {

    private static final String ORDERS = """
            select o.order_number, o.id, o.settled, o.amount_cents, count(s.order_number), coalesce(sum(s.amount_cents), 0)
            from orders o left join settlements s on s.order_number = o.order_number
            group by o.order_number, o.id, o.settled, o.amount_cents""";

    /** Reads all orders, which needs a database that no process has open. */
    static List<StoredOrder> readAll(String url) throws SQLException {
        List<StoredOrder> orders = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ORDERS)) {
            while (row.next()) {
                orders.add(new StoredOrder(
                        row.getLong(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getLong(4),
                        row.getInt(5),
                        row.getLong(6)));
            }
        }
        return orders;
    }

    String ledgerLine() {
        return "settled " + number + " " + id + " " + settledCents;
    }

    boolean isSettledOnce() {
        return settled && settlements == 1 && settledCents == amountCents;
    }

    boolean isWaiting() {
        return !settled && settlements == 0;
    }
}
