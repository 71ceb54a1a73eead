package io.github.graceful4j.spring.job;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringValueResolver;

/** Reads the attributes of one job's annotation, with placeholders and expressions resolved. */
final class AttributeResolver {

    private final JobMethod method;
    private final StringValueResolver values;

    AttributeResolver(JobMethod method, StringValueResolver values) {
        this.method = method;
        this.values = values;
    }

    /** Returns the text of an attribute; blank if it is empty. */
    String text(String attribute, String value) {
        try {
            String resolved = values.resolveStringValue(value);
            return resolved == null ? "" : resolved.trim();
        } catch (RuntimeException e) {
            throw method.invalid(
                    "has " + attribute + " = \"" + value + "\", which can't be resolved: " + e.getMessage(),
                    "Define what the placeholder or expression refers to, or give it a default such as ${name:default}.",
                    e);
        }
    }

    @Nullable
    Integer number(String attribute, String value) {
        return convert(attribute, value, Integer::decode, "Write a whole number, such as " + attribute + " = \"10\".");
    }

    /** Returns the duration of an attribute; zero if it is empty. */
    Duration duration(String attribute, String value) {
        String action = "Write a duration that is not negative, such as " + attribute + " = \"5s\" or \"PT5S\".";
        Duration duration = convert(attribute, value, DurationStyle::detectAndParse, action);
        if (duration == null) {
            return Duration.ZERO;
        }
        if (duration.isNegative()) {
            throw method.invalid("has " + attribute + " = \"" + value + "\", which is negative", action);
        }
        return duration;
    }

    private <T> @Nullable T convert(String attribute, String value, Function<String, T> parser, String action) {
        String text = text(attribute, value);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            String shown = text.equals(value) ? "\"" + value + "\"" : "\"" + value + "\" (\"" + text + "\")";
            throw method.invalid("has " + attribute + " = " + shown + ", which is not valid", action, e);
        }
    }
}
