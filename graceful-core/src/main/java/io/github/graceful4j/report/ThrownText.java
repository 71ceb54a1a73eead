package io.github.graceful4j.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what was thrown, even where its own message can't be told. */
final class ThrownText {

    /** What is before the message, unless the text is made otherwise. */
    private static final Pattern TYPE = Pattern.compile("[\\p{javaJavaIdentifierPart}.]+(?=: |$)");

    private ThrownText() {}

    static String of(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (Throwable e) {
            return thrown.getClass().getName();
        }
    }

    /** Tells its class alone, also that of one which stands for what another process threw. */
    static String typeOf(Throwable thrown) {
        Matcher type = TYPE.matcher(of(thrown));
        return type.lookingAt() ? type.group() : thrown.getClass().getName();
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
