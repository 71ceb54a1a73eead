package io.github.graceful4j.sample.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

class LedgerTests {

    private final EmbeddedDatabase database = new EmbeddedDatabaseBuilder()
            .setType(EmbeddedDatabaseType.H2)
            .generateUniqueName(true)
            .addScript("schema.sql")
            .build();

    private final SettlementRepository settlements = new SettlementRepository(JdbcClient.create(database));

    private final Path file;

    private final Ledger ledger;

    LedgerTests(@TempDir Path directory) throws IOException {
        this.file = directory.resolve("ledger.txt");
        this.ledger = new Ledger(LedgerFile.open(file));
    }

    @BeforeEach
    void settleThreeOrders() {
        JdbcClient jdbc = JdbcClient.create(database);
        for (String id : List.of("a", "b", "c")) {
            jdbc.sql(
                            "insert into orders (id, customer, item, quantity, amount_cents) values (?, 'Ada', 'apple', 1, 100)")
                    .param(id)
                    .update();
            settlements.settleNext();
        }
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
        database.shutdown();
    }

    @Test
    @DisplayName("lines stay in memory until they are flushed, or many")
    void buffersLines() throws IOException {
        for (int number = 1; number < Ledger.BUFFERED_LINES; number++) {
            ledger.append(new Settlement(number, "o-" + number, 100));
        }
        assertThat(file).isEmptyFile();

        ledger.append(new Settlement(Ledger.BUFFERED_LINES, "o-last", 100));
        assertThat(file).content().hasLineCount(Ledger.BUFFERED_LINES);

        ledger.append(new Settlement(Ledger.BUFFERED_LINES + 1, "o-more", 100));
        assertThat(ledger.flush()).isOne();
        assertThat(file).content().hasLineCount(Ledger.BUFFERED_LINES + 1).endsWith("o-more 100\n");
    }

    @Test
    @DisplayName("the line that sums up is written at once")
    void writesBalance() throws IOException {
        ledger.write(new Balance(1, 100));

        assertThat(file).hasContent("balance 1 100\n");
    }

    @Test
    @DisplayName("the closing jobs flush, then sum up")
    void closesWithBalance() throws IOException {
        ledger.recover(settlements);
        ledger.append(new Settlement(4, "d", 50));
        LedgerClosing closing = new LedgerClosing(ledger, settlements);

        closing.flush();
        closing.writeBalance();

        assertThat(file)
                .hasContent("settled 1 a 100\nsettled 2 b 100\nsettled 3 c 100\nsettled 4 d 50\nbalance 3 300\n");
    }

    @Test
    @DisplayName("a ledger that lacks nothing is left as it is")
    void recoversNothingTwice() throws IOException {
        assertThat(ledger.recover(settlements)).isEqualTo(3);
        assertThat(ledger.recover(settlements)).isZero();

        assertThat(file).hasContent("settled 1 a 100\nsettled 2 b 100\nsettled 3 c 100\n");
    }

    @Test
    @DisplayName("the lines a killed process did not write are added, wherever they are missing")
    void recoversMissingLines() throws IOException {
        Files.writeString(file, "settled 2 b 100\nbalance 1 100\n");

        int recovered = reopened().recover(settlements);

        assertThat(recovered).isEqualTo(2);
        assertThat(file).hasContent("settled 2 b 100\nbalance 1 100\nsettled 1 a 100\nsettled 3 c 100\n");
    }

    @Test
    @DisplayName("a line that a killed process wrote half is written anew")
    void recoversTornLine() throws IOException {
        Files.writeString(file, "settled 1 a 100\nsettled 2 b 100\nsettled 3 c 1");

        int recovered = reopened().recover(settlements);

        assertThat(recovered).isOne();
        assertThat(file).hasContent("settled 1 a 100\nsettled 2 b 100\nsettled 3 c 100\n");
    }

    @Test
    @DisplayName("a first line written half is dropped")
    void recoversTornFirstLine() throws IOException {
        Files.writeString(file, "settl");

        assertThat(reopened().recover(settlements)).isEqualTo(3);
    }

    @Test
    @DisplayName("lines that can't be written stay buffered")
    void keepsLinesThatFailed() throws IOException {
        ledger.append(new Settlement(1, "a", 100));
        ledger.close();

        assertThatThrownBy(ledger::flush).isInstanceOf(IOException.class);
        assertThatThrownBy(ledger::flush).isInstanceOf(IOException.class);
    }

    private Ledger reopened() throws IOException {
        return new Ledger(LedgerFile.open(file));
    }
}
