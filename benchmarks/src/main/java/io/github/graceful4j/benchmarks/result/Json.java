package io.github.graceful4j.benchmarks.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Results as JSON, with the values of all rounds. */
final class Json {

    private Json() {}

    static String of(List<Row> rows, Circumstances circumstances) {
        Map<String, String> members = new LinkedHashMap<>();
        circumstances.all().forEach((name, value) -> members.put(name, string(value)));
        members.put("results", rows.stream().map(Json::row).collect(Collectors.joining(",\n", "[\n", "\n]")));
        return object(members) + "\n";
    }

    private static String row(Row row) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("scenario", string(row.measured().scenario()));
        members.put("figure", string(row.measured().figure()));
        members.put("unit", string(row.measured().unit()));
        members.put("candidate", string(row.candidate()));
        members.put("reference", string(row.measured().reference()));
        members.put("median", number(row.median()));
        members.put("ratio", number(row.ratio()));
        members.put("added", number(row.added()));
        members.put("values", row.values().stream().map(Json::number).collect(Collectors.joining(", ", "[", "]")));
        return object(members);
    }

    private static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> string(member.getKey()) + ": " + member.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String string(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** JSON knows no number that is none. */
    private static String number(double value) {
        return Double.isFinite(value) ? String.valueOf(value) : "null";
    }
}
