package io.github.graceful4j.internal.jvm;

import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Prints what is to be said when the process is about to be halted. Straight to a stream, as the logging backend may be
 * what hangs; and on a thread of its own, as the stream may be.
 *
 * <p>Thread-safe, as it is immutable.
 */
public final class Dump {

    private static final long MILLIS_TO_PRINT = 500;

    private final Supplier<PrintStream> target;
    private final Threads threads;

    /**
     * Creates one that has printed nothing yet.
     *
     * @param target where to print, looked up when there is something to print
     * @param threads makes the thread that prints
     */
    public Dump(Supplier<PrintStream> target, Threads threads) {
        this.target = target;
        this.threads = threads;
    }

    /** Prints, and returns when that is done or has taken half a second. */
    public void print(Consumer<PrintStream> text) {
        try {
            Thread printing = threads.newThread("graceful-dump", () -> text.accept(target.get()));
            printing.start();
            // What could not be said in time must not keep the process from ending.
            printing.join(MILLIS_TO_PRINT);
        } catch (OutOfMemoryError e) {
            // Nobody else can print it, and this thread must not: the stream may hang.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
