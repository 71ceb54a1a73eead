package io.github.graceful4j;

import io.github.graceful4j.job.StuckThread;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes where a thread was, for a log. */
final class StackText {

    private StackText() {}

    static String of(@Nullable StuckThread stuck) {
        if (stuck == null) {
            return "an unknown place";
        }
        return "thread '" + stuck.name() + "'"
                + stuck.stack().stream().map(frame -> "\n\tat " + frame).collect(Collectors.joining());
    }
}
