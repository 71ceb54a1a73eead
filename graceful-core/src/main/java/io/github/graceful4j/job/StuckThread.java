package io.github.graceful4j.job;

import java.util.List;

/**
 * Where the thread of a job was when the job had outlasted its time, or when somebody asked for it.
 *
 * @param name the name of the thread
 * @param stack its stack trace, innermost frame first; of a job that is late, taken before the thread was interrupted;
 *     empty if the thread ended at just that moment
 */
public record StuckThread(String name, List<StackTraceElement> stack) {

    /** Copies the stack. */
    public StuckThread {
        stack = List.copyOf(stack);
    }
}
