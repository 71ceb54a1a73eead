package io.github.graceful4j.sample;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Compares what clients were promised with what the database holds and what the ledger says. Every method returns what
 * it found wrong, in sentences, and nothing if all is well.
 *
 * @param orders all orders in the database
 * @param ledger all lines of the ledger
 */
record OrdersAudit(List<StoredOrder> orders, List<String> ledger) {

    /** Every order promised to a client is stored, waiting or settled once. */
    List<String> lostOrders(Collection<String> promised) {
        Map<String, StoredOrder> stored = orders.stream().collect(toMap(StoredOrder::id, Function.identity()));
        List<String> findings = new ArrayList<>();
        for (String id : promised) {
            if (!stored.containsKey(id)) {
                findings.add("order '%s' was promised but is not stored".formatted(id));
            }
        }
        for (StoredOrder order : orders) {
            if (!order.isWaiting() && !order.isSettledOnce()) {
                findings.add("order '%s' is neither waiting nor settled once: %s".formatted(order.id(), order));
            }
        }
        return findings;
    }

    /** No order waits. */
    List<String> unsettledOrders() {
        return orders.stream()
                .filter(StoredOrder::isWaiting)
                .map(order -> "order '%s' is not settled".formatted(order.id()))
                .toList();
    }

    /** Every settlement is in the ledger. */
    List<String> missingLines() {
        Map<String, Long> lines = linesWithCounts();
        return orders.stream()
                .filter(StoredOrder::isSettledOnce)
                .filter(order -> !lines.containsKey(order.ledgerLine()))
                .map(order -> "the ledger lacks the line '%s'".formatted(order.ledgerLine()))
                .toList();
    }

    /** No line is in the ledger twice, or without a settlement of that order and amount. */
    List<String> excessLines() {
        List<String> findings = new ArrayList<>();
        Map<String, StoredOrder> settled = orders.stream()
                .filter(StoredOrder::isSettledOnce)
                .collect(toMap(StoredOrder::ledgerLine, Function.identity()));
        linesWithCounts().forEach((line, count) -> {
            if (count > 1) {
                findings.add("the ledger has the line '%s' %d times".formatted(line, count));
            }
            if (!settled.containsKey(line)) {
                findings.add("the ledger has the line '%s', which no settlement stands behind".formatted(line));
            }
        });
        return findings;
    }

    /** Every clean stop left a closing balance that sums up all lines before it, the last one at the very end. */
    List<String> wrongBalances(int cleanStops) {
        List<String> findings = new ArrayList<>();
        long count = 0;
        long cents = 0;
        int balances = 0;
        for (String line : ledger) {
            if (isBalance(line)) {
                balances++;
                String expected = "balance " + count + " " + cents;
                if (!line.equals(expected)) {
                    findings.add("the ledger has '%s' where it should have '%s'".formatted(line, expected));
                }
            } else {
                count++;
                cents += Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        if (balances != cleanStops) {
            findings.add("the ledger has %d closing balances for %d clean stops".formatted(balances, cleanStops));
        }
        if (ledger.isEmpty() || !isBalance(ledger.get(ledger.size() - 1))) {
            findings.add("the ledger does not end with a closing balance");
        }
        return findings;
    }

    private Map<String, Long> linesWithCounts() {
        return ledger.stream()
                .filter(line -> !isBalance(line))
                .collect(groupingBy(Function.identity(), TreeMap::new, counting()));
    }

    private static boolean isBalance(String line) {
        return line.startsWith("balance ");
    }
}
