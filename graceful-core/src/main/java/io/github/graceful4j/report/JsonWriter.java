package io.github.graceful4j.report;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps, collections, strings, numbers, booleans and nulls as JSON (RFC 8259). The core has no JSON library to
 * leave this to, and needs no more of one.
 */
final class JsonWriter {

    private final StringBuilder json = new StringBuilder();

    private JsonWriter() {}

    static String write(@Nullable Object value) {
        JsonWriter writer = new JsonWriter();
        writer.add(value);
        return writer.json.toString();
    }

    private void add(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            addObject(map);
        } else if (value instanceof Collection<?> collection) {
            addArray(collection);
        } else if (value instanceof BigDecimal number) {
            json.append(number.toPlainString());
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            json.append(value);
        } else {
            addString(value.toString());
        }
    }

    private void addObject(Map<?, ?> map) {
        json.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.append(separator);
            addString(String.valueOf(entry.getKey()));
            json.append(':');
            add(entry.getValue());
            separator = ",";
        }
        json.append('}');
    }

    private void addArray(Collection<?> collection) {
        json.append('[');
        String separator = "";
        for (Object element : collection) {
            json.append(separator);
            add(element);
            separator = ",";
        }
        json.append(']');
    }

    private void addString(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            addChar(text, i);
        }
        json.append('"');
    }

    private void addChar(String text, int index) {
        char c = text.charAt(index);
        switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                if (needsEscape(text, index)) {
                    PlainText.addEscape(json, c);
                } else {
                    json.append(c);
                }
            }
        }
    }

    /**
     * Escapes what JSON does not allow, what would be seen as something else in a terminal, and what would end a script
     * element or a line of JavaScript that the JSON is put into.
     */
    private static boolean needsEscape(String text, int index) {
        char c = text.charAt(index);
        return c == '<' || c == '>' || PlainText.isOdd(text, index);
    }
}
