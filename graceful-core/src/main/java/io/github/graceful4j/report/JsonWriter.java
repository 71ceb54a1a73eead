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
                    json.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
                } else {
                    json.append(c);
                }
            }
        }
    }

    /**
     * Escapes what JSON does not allow, half a surrogate pair, which no encoding can carry, and what would end a script
     * element or a line of JavaScript that the JSON is put into.
     */
    private static boolean needsEscape(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
        }
        return c < ' ' || c == 0x7f || c == '<' || c == '>' || c == 0x2028 || c == 0x2029;
    }
}
