package io.github.graceful4j.sample.order;

import io.github.graceful4j.sample.order.OrderSummary.Totals;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of orders, as far as taking them in goes. */
@Repository
class OrderRepository {

    private final JdbcClient jdbc;

    OrderRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Stores an order.
     *
     * @return whether it was stored; {@code false} if there is an order of that id already
     */
    boolean add(Order order) {
        try {
            jdbc.sql("""
                            insert into orders (id, customer, item, quantity, amount_cents)
                            values (:id, :customer, :item, :quantity, :amountCents)""").paramSource(order).update();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    Optional<Order> find(String id) {
        return jdbc.sql("select id, customer, item, quantity, amount_cents from orders where id = :id")
                .param("id", id)
                .query(Order.class)
                .optional();
    }

    /** Counts the orders of one moment, although orders come in and are settled meanwhile. */
    OrderSummary summary() {
        return jdbc.sql("""
                        select count(*) filter (where not settled),
                               coalesce(sum(amount_cents) filter (where not settled), 0),
                               count(*) filter (where settled),
                               coalesce(sum(amount_cents) filter (where settled), 0)
                        from orders""")
                .query((row, number) -> OrderSummary.of(
                        new Totals(row.getLong(1), row.getLong(2)), new Totals(row.getLong(3), row.getLong(4))))
                .single();
    }
}
