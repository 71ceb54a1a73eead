package io.github.graceful4j.sample.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.sample.SampleTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@SampleTest
class SettlementTests {

    private final SettlementRepository settlements;

    private final JdbcClient jdbc;

    private final TransactionTemplate transactions;

    @Autowired
    SettlementTests(SettlementRepository settlements, JdbcClient jdbc, TransactionTemplate transactions) {
        this.settlements = settlements;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @BeforeEach
    void deleteOrders() {
        jdbc.sql("delete from settlements").update();
        jdbc.sql("delete from orders").update();
    }

    @Test
    @DisplayName("the oldest order that waits is settled first")
    void settlesOldestFirst() {
        addOrders(3);

        assertThat(settlements.settleNext())
                .get()
                .extracting(Settlement::orderId)
                .isEqualTo("o-1");
        assertThat(settlements.settleNext())
                .get()
                .extracting(Settlement::orderId)
                .isEqualTo("o-2");
        assertThat(settlements.settleNext())
                .get()
                .extracting(Settlement::orderId)
                .isEqualTo("o-3");
        assertThat(settlements.settleNext()).isEmpty();
        assertThat(settlements.balance()).isEqualTo(new Balance(3, 300));
    }

    @Test
    @DisplayName("an order that one worker holds keeps no other from taking the next")
    void passesOverOrdersTaken() {
        addOrders(2);

        Optional<Settlement> next = transactions.execute(transaction -> {
            settlements.settleNext();
            return CompletableFuture.supplyAsync(settlements::settleNext, task -> new Thread(task).start())
                    .join();
        });

        assertThat(next).get().extracting(Settlement::orderId).isEqualTo("o-2");
    }

    @Test
    @DisplayName("an order whose settling fails half-way waits as before")
    void settlesInOneTransaction() {
        addOrders(1);
        jdbc.sql("alter table orders add constraint nothing_settled check (not settled)")
                .update();

        try {
            assertThatThrownBy(settlements::settleNext).isInstanceOf(DataAccessException.class);
        } finally {
            jdbc.sql("alter table orders drop constraint nothing_settled").update();
        }

        assertThat(settlements.balance()).isEqualTo(new Balance(0, 0));
        assertThat(settlements.settleNext()).isPresent();
    }

    @Test
    @DisplayName("four workers side by side settle each order exactly once")
    void settlesOnceWithFourWorkers(@TempDir Path directory) throws Exception {
        addOrders(400);
        Path file = directory.resolve("ledger.txt");
        GracefulManager manager = GracefulManager.builder().signals(false).build();

        try (Ledger ledger = new Ledger(LedgerFile.open(file))) {
            SettlementWorker worker = new SettlementWorker(settlements, ledger);
            IntStream.rangeClosed(1, 4).forEach(i -> manager.addRunningJob("worker-" + i, worker::settleOrders));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> settlements.balance().orders() == 400);
            manager.shutdown(ShutdownReason.requested("test"));
            manager.awaitDone();
            ledger.flush();
        }

        assertThat(manager.errors()).isEmpty();
        assertThat(Files.readAllLines(file)).containsExactlyInAnyOrderElementsOf(linesOfAllSettlements());
    }

    private List<String> linesOfAllSettlements() {
        return jdbc.sql("select 'settled ' || order_number || ' ' || id || ' 100' from orders where settled")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private void addOrders(int count) {
        for (int i = 1; i <= count; i++) {
            jdbc.sql(
                            "insert into orders (id, customer, item, quantity, amount_cents) values (?, 'Ada', 'apple', 1, 100)")
                    .param("o-" + i)
                    .update();
        }
    }
}
