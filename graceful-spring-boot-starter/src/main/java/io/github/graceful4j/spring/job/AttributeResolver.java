package io.github.graceful4j.spring.job;

import io.github.graceful4j.time.Deadline;
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
    Integer number(JobOverrides.Attribute said) {
        String attribute = said.name();
        return convert(
                attribute, said.value(), Integer::decode, "Write a whole number, such as " + attribute + " = \"10\".");
    }

    /** Returns the duration of an attribute; {@link Deadline#UNLIMITED} if it says so or is empty. */
    Duration timeLimit(JobOverrides.Attribute said) {
        String attribute = said.name();
        String value = said.value();
        String action = "Write a duration that is positive, such as " + attribute + " = \"5s\" or \"PT5S\", or leave"
                + " it out.";
        Duration duration = convert(attribute, value, AttributeResolver::timeLimit, action);
        if (duration == null) {
            return Deadline.UNLIMITED;
        }
        if (duration.isNegative() || duration.isZero()) {
            throw method.invalid("has " + attribute + " = \"" + value + "\", which is not positive", action);
        }
        return duration;
    }

    private static Duration timeLimit(String text) {
        return text.equalsIgnoreCase("unlimited") ? Deadline.UNLIMITED : DurationStyle.detectAndParse(text);
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
