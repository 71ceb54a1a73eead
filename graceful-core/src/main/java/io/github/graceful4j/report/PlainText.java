package io.github.graceful4j.report;

/**
 * Makes text that comes from outside fit to stand in one line among others, in a log, a report or a terminal: names,
 * reasons and messages can say what they want, but can't begin a line, move the cursor or change how what stands around
 * them reads.
 *
 * <p>A line break or a tab becomes a space. Written as an escape such as <code>&#92;u001b</code> are all other control
 * characters, the line and paragraph separators, the characters that change the direction of writing, and halves of
 * surrogate pairs, which no encoding can carry. All else stays as it is.
 */
public final class PlainText {

    private PlainText() {}

    /**
     * Returns {@code text} in one line, without anything that could be mistaken for something else.
     *
     * @param text any text
     */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isOdd(text, i)) {
                return escaped(text, i);
            }
        }
        return text;
    }

    private static String escaped(String text, int firstOdd) {
        StringBuilder plain = new StringBuilder(text.length() + 16).append(text, 0, firstOdd);
        for (int i = firstOdd; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                continue;
            }
            if (c == '\n' || c == '\r' || c == '\t') {
                plain.append(' ');
            } else if (isOdd(text, i)) {
                addEscape(plain, c);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /** Appends the escape of a character that Java and JSON have in common. */
    static void addEscape(StringBuilder to, char c) {
        to.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
    }

    /** Returns whether the character at {@code index} is none to be seen, or not only itself. */
    static boolean isOdd(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
        }
        return Character.isISOControl(c) || isSeparatorOrDirection(c);
    }

    private static boolean isSeparatorOrDirection(char c) {
        return c == '\u061C'
                || (c >= '\u200E' && c <= '\u200F')
                || (c >= '\u2028' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069');
    }
}
