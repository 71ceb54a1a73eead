package io.github.graceful4j.internal.job;

import io.github.graceful4j.internal.jvm.KeepAlive;
import io.github.graceful4j.internal.jvm.Threads;
import io.github.graceful4j.internal.observe.Observers;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * What every job of a manager needs to run.
 *
 * @param threads makes the threads that jobs run on
 * @param counts is told of each change of a job's state
 * @param host the manager that the jobs belong to
 */
public record JobEnvironment(
        Ticker ticker, Threads threads, KeepAlive keepAlive, Observers observers, JobCounts counts, Host host) {

    /** The manager, as its jobs see it. No method blocks. */
    public interface Host {

        /** Returns the shutdown that was requested, or {@code null} while there is none. */
        @Nullable
        ShutdownRequest request();

        /** A running job runs no more: it may be its turn to start again, or to be forgotten. */
        void finished(RunningJob job);

        /** A running job ended by a failure whose policy shuts down the manager. */
        void failed(String job, Throwable failure);

        /**
         * Has a shutdown job run that could not get a thread of its own.
         *
         * @return whether there was a thread for it
         */
        boolean runElsewhere(Runnable job);
    }

    /** Returns when a shutdown that was requested has to be over; never, if there is none. */
    Deadline shutdownDeadline() {
        ShutdownRequest request = host.request();
        return request == null ? Deadline.never(ticker) : request.allowance().deadline();
    }
}
