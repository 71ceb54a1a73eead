package io.github.graceful4j.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-28T12:38:09.120Z",
                "2026-11-28T12:38:09Z",
                "2026-11-28T12:38:00Z",
                "2026-11-28T00:00:00Z",
                "2026-11-28T12:38:00.001Z",
                "1969-12-31T23:59:59.999999999Z",
                "+12345-01-01T00:00:00Z"
            })
    @DisplayName("a moment is written as it writes itself")
    void isWrittenAsItWritesItself(String text) {
        assertThat(InstantText.of(Instant.parse(text))).isEqualTo(text);
    }
}
