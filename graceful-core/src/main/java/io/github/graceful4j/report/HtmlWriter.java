package io.github.graceful4j.report;

/**
 * Writes HTML and the SVG in it, and lets no text through that is not escaped: whatever a job is named and whatever it
 * throws, it stays text. Not thread-safe.
 */
final class HtmlWriter {

    private static final char REPLACEMENT = '\uFFFD';

    private final StringBuilder html = new StringBuilder("<!doctype html>\n");
    private final boolean withMessages;

    /**
     * Begins a page.
     *
     * @param withMessages whether the messages of what was thrown are part of it
     */
    HtmlWriter(boolean withMessages) {
        this.withMessages = withMessages;
    }

    /** Returns what was thrown as this page tells it. */
    String textOf(Throwable thrown) {
        return withMessages ? ThrownText.of(thrown) : ThrownText.typeOf(thrown);
    }

    /** Opens an element. */
    HtmlWriter open(String tag, String... attributes) {
        html.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            html.append(' ').append(attributes[i]).append("=\"");
            addEscaped(attributes[i + 1]);
            html.append('"');
        }
        html.append('>');
        return this;
    }

    HtmlWriter close(String tag) {
        html.append("</").append(tag).append('>');
        return this;
    }

    /** Ends a line of the source, between elements where that is not seen. */
    HtmlWriter line() {
        html.append('\n');
        return this;
    }

    HtmlWriter text(String text) {
        addEscaped(text);
        return this;
    }

    /** Writes an element with nothing but text in it. */
    HtmlWriter element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close(tag);
    }

    /** Writes an element without content: one of SVG, or one of HTML that has none. */
    HtmlWriter empty(String tag, String... attributes) {
        open(tag, attributes);
        html.insert(html.length() - 1, '/');
        return this;
    }

    /** Writes the style sheet, the one text that is not escaped, as it must not be; it is a constant. */
    HtmlWriter style() {
        html.append("<style>").append(PageStyle.CSS).append("</style>");
        return this;
    }

    private void addEscaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                case '\n', '\t' -> html.append(c);
                default -> html.append(isFit(text, i) ? c : REPLACEMENT);
            }
        }
    }

    /** Characters that HTML does not allow, or with which a text could change how what stands around it reads. */
    private static boolean isFit(String text, int index) {
        return text.charAt(index) < '\uFFFE' && !PlainText.isOdd(text, index);
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
