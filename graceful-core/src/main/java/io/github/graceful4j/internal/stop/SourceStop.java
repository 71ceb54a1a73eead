package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.JobRun;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import io.github.graceful4j.work.WorkSource;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stops a work source, as the job of a run that begins together with the stop of its phase. So all that is called there
 * is called on a thread of its own, which is interrupted, given up and reported as that of a running job is.
 *
 * <p>Nobody tells when a source becomes idle, so it is asked: soon at first, then every 20 ms. How much is under way is
 * also in the name of the thread, where each report and each dump has it.
 *
 * <p>Thread-safe: {@code underWay} is volatile and has one writer, the thread of the run, which alone knows the rest.
 */
final class SourceStop implements Job {

    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration AT_LAST = Duration.ofMillis(20);
    private static final long UNKNOWN = -1;

    /** What is on its way from a queue to its thread may be in neither when it is looked for. */
    private static final int TIMES_IDLE = 2;

    /** In a row; that is about a second. */
    private static final int MOST_FAILED = 50;

    private final WorkSource source;
    private final Ticker ticker;
    private volatile long underWay = UNKNOWN;
    private int timesFailed;

    SourceStop(WorkSource source, Ticker ticker) {
        this.source = source;
        this.ticker = ticker;
    }

    /** Returns how much was under way when the source was asked last, in words. */
    String underWay() {
        long last = underWay;
        return last == UNKNOWN ? "an unknown amount of work" : last == 1 ? "1 piece of work" : last + " pieces of work";
    }

    @Override
    public void run(JobContext context) throws Exception {
        // A run that ended before it is told to end would have taken no time in the report.
        context.awaitCancellation();
        Exception failure = stopTaking();
        String name = Thread.currentThread().getName();
        Duration interval = SOON;
        int timesIdle = 0;
        // Whoever has been given up must not ask for ever.
        while (!((JobRun) context).isEnded()) {
            timesIdle = isUnderWay(name) ? 0 : timesIdle + 1;
            if (timesIdle == TIMES_IDLE) {
                break;
            }
            Deadline.after(interval, ticker).park(this);
            interval = timesIdle > 0 ? SOON : interval.compareTo(AT_LAST) < 0 ? interval.multipliedBy(2) : AT_LAST;
            if (Thread.interrupted()) {
                failure = interrupt(failure);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable Exception stopTaking() {
        try {
            source.stopTaking();
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    private @Nullable Exception interrupt(@Nullable Exception before) {
        try {
            source.interrupt();
            return before;
        } catch (Exception e) {
            return Objects.requireNonNullElse(before, e);
        }
    }

    /** One that fails to tell may tell the next time, as what it asks may be away for a moment. */
    private boolean isUnderWay(String threadName) throws Exception {
        long now;
        try {
            now = source.underWay();
            timesFailed = 0;
        } catch (Exception e) {
            if (++timesFailed == MOST_FAILED) {
                throw e;
            }
            return true;
        }
        if (now < 0) {
            throw new IllegalStateException("The work source says that " + now + " pieces of work are under way");
        }
        if (now != underWay) {
            underWay = now;
            Thread.currentThread().setName(now == 0 ? threadName : threadName + ", " + now + " under way");
        }
        return now > 0;
    }
}
