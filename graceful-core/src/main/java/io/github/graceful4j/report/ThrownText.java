package io.github.graceful4j.report;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks what was thrown about itself, and has an answer even where that throws, returns {@code null}, or has no end. It
 * is the only place at which this library calls the methods of what was thrown, which are not its own.
 *
 * <p>What is returned is not yet {@linkplain PlainText plain}. How long it takes is up to what was thrown; so no thread
 * that a shutdown waits for may ask.
 */
public final class ThrownText {

    /** Longer than any text that is worth reading, and short enough for a thousand of them. */
    private static final int MOST_CHARACTERS = 10_000;

    /** What the JVM itself keeps unless told otherwise. */
    private static final int MOST_FRAMES = 1_024;

    /** What is before the message, unless the text is made otherwise. */
    private static final Pattern TYPE = Pattern.compile("[\\p{javaJavaIdentifierPart}.]+(?=: |$)");

    private ThrownText() {}

    /**
     * Returns what was thrown as it tells itself, usually its class and its message; its class where it can't.
     *
     * @param thrown what was thrown
     */
    public static String of(Throwable thrown) {
        return cut(ask(thrown::toString, thrown.getClass().getName()));
    }

    /**
     * Returns the class of what was thrown alone, also that of a stand-in for what another process threw.
     *
     * @param thrown what was thrown
     */
    public static String typeOf(Throwable thrown) {
        Matcher type = TYPE.matcher(of(thrown));
        return type.lookingAt() ? type.group() : thrown.getClass().getName();
    }

    /**
     * Returns the message of what was thrown; an empty text where there is none.
     *
     * @param thrown what was thrown
     */
    public static String messageOf(Throwable thrown) {
        return cut(ask(thrown::getMessage, ""));
    }

    /**
     * Returns where it was thrown, innermost frame first; nothing where that is not known.
     *
     * @param thrown what was thrown
     */
    public static List<StackTraceElement> stackOf(Throwable thrown) {
        StackTraceElement[] stack = ask(thrown::getStackTrace, new StackTraceElement[0]);
        return Arrays.stream(stack).limit(MOST_FRAMES).filter(Objects::nonNull).toList();
    }

    private static <T> T ask(Supplier<? extends @Nullable T> question, T otherwise) {
        try {
            return Objects.requireNonNullElse(question.get(), otherwise);
        } catch (Throwable e) {
            return otherwise;
        }
    }

    private static String cut(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
        return text.substring(0, splits ? MOST_CHARACTERS - 1 : MOST_CHARACTERS) + "…";
    }
}
