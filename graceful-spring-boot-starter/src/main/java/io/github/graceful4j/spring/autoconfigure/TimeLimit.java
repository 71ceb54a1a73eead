package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;

/** A duration, or {@code unlimited}, as it is written in the application's configuration. Immutable and thread-safe. */
public final class TimeLimit {

    private static final String UNLIMITED = "unlimited";

    private final Duration duration;

    private TimeLimit(Duration duration) {
        this.duration = duration;
    }

    /**
     * Returns what is written in a configuration; Spring's conversion finds this method by its name.
     *
     * @param text a duration in one of Spring Boot's styles, such as {@code 25s}, or {@code unlimited}
     * @throws IllegalArgumentException if it is neither
     */
    public static TimeLimit of(String text) {
        return new TimeLimit(
                text.trim().equalsIgnoreCase(UNLIMITED) ? Deadline.UNLIMITED : DurationStyle.detectAndParse(text));
    }

    /** Returns the duration; {@link Deadline#UNLIMITED} for no limit. */
    public Duration duration() {
        return duration;
    }

    @Override
    public String toString() {
        return duration.compareTo(Deadline.UNLIMITED) < 0 ? duration.toString() : UNLIMITED;
    }
}
