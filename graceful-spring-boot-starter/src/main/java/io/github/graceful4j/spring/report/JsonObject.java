package io.github.graceful4j.spring.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An object out of a JSON that has been parsed. What is missing, or is something else than is asked for, is read as
 * empty. Not thread-safe, as the map is not.
 */
record JsonObject(Map<?, ?> fields) {

    private static final double NANOS = 1e9;

    boolean has(String name) {
        return fields.get(name) != null;
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    String text(String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    int number(String name) {
        return fields.get(name) instanceof Number number ? number.intValue() : 0;
    }

    Duration seconds(String name) {
        return fields.get(name) instanceof Number seconds
                ? Duration.ofNanos(Math.round(seconds.doubleValue() * NANOS))
                : Duration.ZERO;
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        return Enum.valueOf(type, text(name));
    }

    @Nullable
    JsonObject object(String name) {
        return fields.get(name) instanceof Map<?, ?> map ? new JsonObject(map) : null;
    }

    Stream<JsonObject> objects(String name) {
        return elements(name).filter(Map.class::isInstance).map(element -> new JsonObject((Map<?, ?>) element));
    }

    Stream<String> texts(String name) {
        return elements(name).map(String::valueOf);
    }

    private Stream<?> elements(String name) {
        return fields.get(name) instanceof List<?> list ? list.stream() : Stream.empty();
    }
}
