package io.github.graceful4j.internal.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosestNameTests {

    private static final List<String> NAMES =
            List.of("orderWorker.flushJournal", "orderWorker.closeJournal", "cache", "orders.flush", "a");

    @ParameterizedTest
    @CsvSource({
        "orderWorker.flushJurnal, orderWorker.flushJournal",
        "OrderWorker.FlushJournal, orderWorker.flushJournal",
        "orderWorker.closeJournals, orderWorker.closeJournal",
        "flushJournal, orderWorker.flushJournal",
        "flush, orders.flush",
        "cahe, cache",
        "cachee, cache",
        "A, a",
    })
    @DisplayName("C5: a mistyped name is known, and so is one without what stands before its last dot")
    void mistypedName(String wrong, String meant) {
        assertThat(ClosestName.to(wrong, NAMES)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"database", "b", "''", "cookie", "journal"})
    @DisplayName("C5: nothing is guessed for a name that resembles none")
    void unlikeAnyName(String wrong) {
        assertThat(ClosestName.to(wrong, NAMES)).isNull();
    }

    @Test
    @DisplayName("C5: nothing is guessed where there is no name")
    void noNames() {
        assertThat(ClosestName.to("flush", List.of())).isNull();
    }
}
