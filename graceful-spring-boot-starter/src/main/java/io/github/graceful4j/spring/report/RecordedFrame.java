package io.github.graceful4j.spring.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a line of a stack trace as {@link StackTraceElement#toString()} wrote it, such that it writes the same again.
 */
final class RecordedFrame {

    private static final int NATIVE = -2;

    private static final int UNKNOWN = -1;

    /**
     * Where the code is from, with the class loader and the module if there are any; the method; the file, the line.
     */
    private static final Pattern FRAME = Pattern.compile("(.*)\\.([^.]*)\\(([^()]*?)(?::(\\d{1,9}))?\\)");

    private RecordedFrame() {}

    static StackTraceElement parse(String text) {
        Matcher frame = FRAME.matcher(text);
        if (!frame.matches()) {
            return new StackTraceElement(text, "", null, UNKNOWN);
        }
        String file = frame.group(3);
        String line = frame.group(4);
        if (line != null) {
            return new StackTraceElement(frame.group(1), frame.group(2), file, Integer.parseInt(line));
        }
        return switch (file) {
            case "Native Method" -> new StackTraceElement(frame.group(1), frame.group(2), null, NATIVE);
            case "Unknown Source" -> new StackTraceElement(frame.group(1), frame.group(2), null, UNKNOWN);
            default -> new StackTraceElement(frame.group(1), frame.group(2), file, UNKNOWN);
        };
    }
}
