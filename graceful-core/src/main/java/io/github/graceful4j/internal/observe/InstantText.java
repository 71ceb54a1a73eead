package io.github.graceful4j.internal.observe;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Writes moments as {@link Instant#toString} does, without the formatter, which takes long to get ready. */
final class InstantText {

    private static final int LENGTH_TO_MINUTES = "T00:00".length();

    private InstantText() {}

    static String of(Instant instant) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        String text = utc.toString();
        boolean hasSeconds = text.length() - text.indexOf('T') > LENGTH_TO_MINUTES;
        return text + (hasSeconds ? "Z" : ":00Z");
    }
}
