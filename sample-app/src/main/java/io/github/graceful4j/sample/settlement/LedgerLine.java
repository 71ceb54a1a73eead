package io.github.graceful4j.sample.settlement;

import java.util.OptionalLong;

/** The words of the ledger: {@code settled <number> <id> <cents>} and {@code balance <orders> <cents>}. */
final class LedgerLine {

    private static final String SETTLED = "settled ";

    private LedgerLine() {}

    static String of(Settlement settlement) {
        return SETTLED + settlement.orderNumber() + " " + settlement.orderId() + " " + settlement.amountCents();
    }

    static String of(Balance balance) {
        return "balance " + balance.orders() + " " + balance.amountCents();
    }

    /** Returns the number of the order that {@code line} says was settled, or nothing if it says something else. */
    static OptionalLong orderNumber(String line) {
        if (!line.startsWith(SETTLED)) {
            return OptionalLong.empty();
        }
        int end = line.indexOf(' ', SETTLED.length());
        return OptionalLong.of(Long.parseLong(line, SETTLED.length(), end, 10));
    }
}
