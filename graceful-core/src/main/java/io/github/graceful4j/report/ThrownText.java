package io.github.graceful4j.report;

/** Tells what was thrown, even where its own message can't be told. */
final class ThrownText {

    private ThrownText() {}

    static String of(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (Throwable e) {
            return thrown.getClass().getName();
        }
    }

    static String messageOf(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? "" : message;
        } catch (Throwable e) {
            return "";
        }
    }
}
