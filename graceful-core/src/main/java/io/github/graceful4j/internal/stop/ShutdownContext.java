package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.Cancellable;
import io.github.graceful4j.internal.job.Cancellation;
import io.github.graceful4j.internal.job.TimeLimit;
import io.github.graceful4j.internal.jvm.Threads;
import io.github.graceful4j.internal.observe.Observers;
import io.github.graceful4j.job.CancellationCallback;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.time.Duration;
import java.util.Objects;

/**
 * The context of a shutdown as a whole, cancelled as soon as it is requested. Its callbacks run each on a thread of its
 * own, so that one which blocks keeps no other from its turn.
 *
 * <p>Immutable and thread-safe, as the cancellation is.
 */
record ShutdownContext(Cancellation cancellation, TimeLimit limit, Ticker ticker, Observers observers)
        implements Cancellable {

    private static final String NAME = "shutdown";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isCancelled() {
        return cancellation.isCancelled();
    }

    @Override
    public Duration remaining() {
        return limit.deadline().remaining();
    }

    @Override
    public boolean awaitCancellation(Duration duration) throws InterruptedException {
        return cancellation.await(Deadline.after(duration, ticker));
    }

    @Override
    public CancellationCallback onCancel(Runnable callback) {
        Objects.requireNonNull(callback, "callback");
        CancellationCallback added = cancellation.tryAdd(callback);
        if (added == null) {
            run(callback);
            return () -> false;
        }
        return added;
    }

    void cancel() {
        for (Runnable callback : cancellation.cancel()) {
            runOnOwnThread(callback);
        }
    }

    private void runOnOwnThread(Runnable callback) {
        try {
            Threads.own(callback.getClass().getClassLoader())
                    .newThread("graceful-shutdown-callback", () -> run(callback))
                    .start();
        } catch (Throwable e) {
            observers.callbackFailed(NAME, e);
        }
    }

    private void run(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable e) {
            observers.callbackFailed(NAME, e);
        }
    }

    @Override
    public String toString() {
        return "JobContext[" + NAME + (isCancelled() ? ", cancelled]" : "]");
    }
}
