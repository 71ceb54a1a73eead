package io.github.graceful4j.spring.metrics;

import java.util.Locale;

/** Writes constants as values of tags. */
final class Words {

    private Words() {}

    static String of(Enum<?> constant) {
        return of(constant.name());
    }

    static String of(String constant) {
        return constant.toLowerCase(Locale.ROOT);
    }
}
