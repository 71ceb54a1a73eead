package io.github.graceful4j.benchmarks.result;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Results as a table in Markdown, one for each scenario. */
final class Table {

    private final StringBuilder text = new StringBuilder();

    private Table() {}

    static String of(List<Row> rows, Circumstances circumstances) {
        Table table = new Table();
        circumstances.all().forEach((name, value) -> table.line("- " + name + ": " + value));
        String scenario = "";
        for (Row row : rows) {
            if (!row.measured().scenario().equals(scenario)) {
                scenario = row.measured().scenario();
                table.head(scenario, row.measured().reference());
            }
            table.row(row);
        }
        return table.text.toString();
    }

    private void head(String scenario, String reference) {
        line("");
        line("### " + scenario);
        line("");
        line("| figure | candidate | median | from – to | ratio to " + reference + " | more than that |");
        line("|---|---|---:|---:|---:|---:|");
    }

    private void row(Row row) {
        String unit = " " + row.measured().unit();
        line("| " + row.measured().figure()
                + " | " + row.candidate()
                + " | " + number(row.median()) + unit
                + " | " + number(Collections.min(row.values())) + " – "
                + number(Collections.max(row.values()))
                + " | " + (row.isReference() ? "" : number(row.ratio()) + " ×")
                + " | " + (row.isReference() ? "" : number(row.added()) + unit)
                + " |");
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "?";
        }
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%,.0f", value);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
