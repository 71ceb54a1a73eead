package io.github.graceful4j.sample.settlement;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The table of settlements: the one truth about what was settled. */
@Repository
class SettlementRepository {

    private final JdbcClient jdbc;

    SettlementRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes an order that waits and settles it, both in one transaction: a process that dies in between leaves the
     * order waiting, as if nobody had touched it. Orders that another worker holds are passed over, not waited for.
     *
     * <p>Which order is taken is up to the index, which gives the oldest. With an {@code order by}, H2 would lock all
     * that wait to return one.
     *
     * @return what was settled, or nothing if no order waits
     */
    @Transactional
    Optional<Settlement> settleNext() {
        Optional<Settlement> next = jdbc.sql("""
                        select order_number, id as order_id, amount_cents from orders
                        where not settled
                        fetch first row only
                        for update skip locked""").query(Settlement.class).optional();
        next.ifPresent(this::store);
        return next;
    }

    private void store(Settlement settlement) {
        jdbc.sql("insert into settlements (order_number, amount_cents) values (:orderNumber, :amountCents)")
                .paramSource(settlement)
                .update();
        jdbc.sql("update orders set settled = true where order_number = :orderNumber")
                .paramSource(settlement)
                .update();
    }

    /** Hands over every settlement there is, oldest order first. */
    void forEach(Consumer<Settlement> action) {
        try (Stream<Settlement> settlements = jdbc.sql("""
                        select s.order_number, o.id as order_id, s.amount_cents
                        from settlements s join orders o on o.order_number = s.order_number
                        order by s.order_number""").query(Settlement.class).stream()) {
            settlements.forEach(action);
        }
    }

    Balance balance() {
        return jdbc.sql("select count(*) as orders, coalesce(sum(amount_cents), 0) as amount_cents from settlements")
                .query(Balance.class)
                .single();
    }
}
