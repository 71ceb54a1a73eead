package io.github.graceful4j.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The proof that no order is lost is worth as much as the audit's eye for a lost one. */
class OrdersAuditTests {

    private static final List<String> PROMISED = List.of("a", "b");

    private static final StoredOrder A = new StoredOrder(1, "a", true, 100, 1, 100);

    private static final StoredOrder B = new StoredOrder(2, "b", true, 50, 1, 50);

    private static final List<String> LEDGER =
            List.of("settled 1 a 100", "balance 1 100", "settled 2 b 50", "balance 2 150");

    @Test
    @DisplayName("finds nothing where all is well")
    void findsNothing() {
        OrdersAudit audit = new OrdersAudit(List.of(A, B), LEDGER);

        assertThat(audit.lostOrders(PROMISED)).isEmpty();
        assertThat(audit.unsettledOrders()).isEmpty();
        assertThat(audit.missingLines()).isEmpty();
        assertThat(audit.excessLines()).isEmpty();
        assertThat(audit.wrongBalances(2)).isEmpty();
    }

    @Test
    @DisplayName("finds an order that was promised and not stored")
    void findsLostOrder() {
        assertThat(new OrdersAudit(List.of(A), LEDGER).lostOrders(PROMISED))
                .containsExactly("order 'b' was promised but is not stored");
    }

    @Test
    @DisplayName("finds an order settled twice, or for another amount, or half")
    void findsBadSettlements() {
        StoredOrder twice = new StoredOrder(1, "a", true, 100, 2, 200);
        StoredOrder tooMuch = new StoredOrder(2, "b", true, 50, 1, 51);
        StoredOrder markedOnly = new StoredOrder(3, "c", true, 50, 0, 0);
        StoredOrder settlementOnly = new StoredOrder(4, "d", false, 50, 1, 50);

        assertThat(new OrdersAudit(List.of(twice, tooMuch, markedOnly, settlementOnly), LEDGER).lostOrders(PROMISED))
                .hasSize(4)
                .allMatch(finding -> finding.contains("neither waiting nor settled once"));
    }

    @Test
    @DisplayName("finds an order that still waits")
    void findsUnsettledOrder() {
        StoredOrder waiting = new StoredOrder(2, "b", false, 50, 0, 0);

        assertThat(new OrdersAudit(List.of(A, waiting), LEDGER).unsettledOrders())
                .containsExactly("order 'b' is not settled");
    }

    @Test
    @DisplayName("finds a line deleted from the ledger")
    void findsMissingLine() {
        OrdersAudit audit =
                new OrdersAudit(List.of(A, B), List.of("settled 1 a 100", "balance 1 100", "balance 2 150"));

        assertThat(audit.missingLines()).containsExactly("the ledger lacks the line 'settled 2 b 50'");
        assertThat(audit.wrongBalances(2))
                .containsExactly("the ledger has 'balance 2 150' where it should have 'balance 1 100'");
    }

    @Test
    @DisplayName("finds a line written twice, and one whose settlement was deleted")
    void findsExcessLines() {
        OrdersAudit audit = new OrdersAudit(
                List.of(A), List.of("settled 1 a 100", "settled 1 a 100", "settled 2 b 50", "balance 3 250"));

        assertThat(audit.excessLines())
                .containsExactly(
                        "the ledger has the line 'settled 1 a 100' 2 times",
                        "the ledger has the line 'settled 2 b 50', which no settlement stands behind");
    }

    @Test
    @DisplayName("finds a closing balance that is missing or not the last line")
    void findsMissingBalance() {
        assertThat(new OrdersAudit(List.of(A), List.of()).wrongBalances(1)).hasSize(2);
        assertThat(new OrdersAudit(List.of(A), List.of("balance 0 0", "settled 1 a 100")).wrongBalances(1))
                .containsExactly("the ledger does not end with a closing balance");
    }
}
