package io.github.graceful4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "ümläuts, 漢字, \uD83D\uDE80", "a\u200Db\u200Cc", "back\\slash", "\u00A0\u00AD"})
    @DisplayName("C18: text that is only itself stays as it is")
    void ordinaryTextStays(String text) {
        assertThat(PlainText.of(text)).isSameAs(text);
    }

    @Test
    @DisplayName("C18: line breaks and tabs become spaces, so that text stays in its line")
    void lineBreaksBecomeSpaces() {
        assertThat(PlainText.of("a\nb\r\nc\rd\te\r")).isEqualTo("a b c d e ");
    }

    @Test
    @DisplayName("C18: what moves a cursor, separates lines or changes the direction of writing is escaped")
    void oddCharactersAreEscaped() {
        assertThat(PlainText.of("\u0000\u001b[2J\u007f\u0085\u000b\u2028\u2029"))
                .isEqualTo("\\u0000\\u001b[2J\\u007f\\u0085\\u000b\\u2028\\u2029");
        assertThat(PlainText.of("\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"))
                .isEqualTo("\\u061c\\u200e\\u200f\\u202a\\u202b\\u202c\\u202d\\u202e\\u2066\\u2067\\u2068\\u2069");
    }

    @Test
    @DisplayName("C18: half a surrogate pair is escaped, wherever it stands")
    void halvesAreEscaped() {
        String plain = PlainText.of("\uDE80a\uD83D b\uD83D\uDE80\uDE80\uD83D");

        assertThat(plain).isEqualTo("\\ude80a\\ud83d b\uD83D\uDE80\\ude80\\ud83d");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(plain)).isTrue();
    }
}
