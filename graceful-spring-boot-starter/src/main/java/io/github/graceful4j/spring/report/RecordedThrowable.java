package io.github.graceful4j.spring.report;

/** Stands for something that another process threw: its text and its stack trace are all that is left of it. */
@SuppressWarnings("OverrideThrowableToString") // its own class is not what was thrown
final class RecordedThrowable extends Exception {

    private static final long serialVersionUID = 1L;

    private final String text;

    RecordedThrowable(String type, String message, StackTraceElement[] stack) {
        super(message, null, false, true);
        this.text = message.isEmpty() ? type : type + ": " + message;
        setStackTrace(stack);
    }

    @Override
    public String toString() {
        return text;
    }
}
