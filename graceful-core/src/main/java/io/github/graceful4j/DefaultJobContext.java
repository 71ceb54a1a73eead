package io.github.graceful4j;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The only context there is: a view of a cancellation and of a deadline.
 *
 * <p>Thread-safe, as it has no state of its own.
 */
final class DefaultJobContext implements JobContext {

    private final String name;
    private final Cancellation cancellation;
    private final Supplier<Deadline> deadline;
    private final Ticker ticker;
    private final Consumer<Runnable> caller;

    /** Creates a context that has callbacks that come too late run by {@code caller}. */
    DefaultJobContext(
            String name,
            Cancellation cancellation,
            Supplier<Deadline> deadline,
            Ticker ticker,
            Consumer<Runnable> caller) {
        this.name = name;
        this.cancellation = cancellation;
        this.deadline = deadline;
        this.ticker = ticker;
        this.caller = caller;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isCancelled() {
        return cancellation.isCancelled();
    }

    @Override
    public Duration remaining() {
        return deadline.get().remaining();
    }

    @Override
    public boolean awaitCancellation(Duration duration) throws InterruptedException {
        return cancellation.await(Deadline.after(duration.isNegative() ? Duration.ZERO : duration, ticker));
    }

    @Override
    public void onCancel(Runnable callback) {
        Objects.requireNonNull(callback, "callback");
        if (!cancellation.tryAdd(callback)) {
            caller.accept(callback);
        }
    }

    /** Forgets the callbacks of an attempt that failed, so that the next one starts with none. */
    void forgetCallbacks() {
        cancellation.clearCallbacks();
    }

    @Override
    public String toString() {
        return "JobContext[" + name + (isCancelled() ? ", cancelled]" : "]");
    }
}
