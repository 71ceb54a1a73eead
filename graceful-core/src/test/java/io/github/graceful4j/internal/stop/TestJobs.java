package io.github.graceful4j.internal.stop;

import io.github.graceful4j.Waiting;
import io.github.graceful4j.internal.job.JobCounts;
import io.github.graceful4j.internal.job.JobEnvironment;
import io.github.graceful4j.internal.job.JobRun;
import io.github.graceful4j.internal.job.RunningJob;
import io.github.graceful4j.internal.job.ShutdownJob;
import io.github.graceful4j.internal.job.ShutdownRequest;
import io.github.graceful4j.internal.jvm.KeepAlive;
import io.github.graceful4j.internal.jvm.Threads;
import io.github.graceful4j.internal.observe.FlightLog;
import io.github.graceful4j.internal.observe.Observers;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.ManualTicker;
import io.github.graceful4j.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Jobs without a manager, for tests of what keeps them. */
final class TestJobs {

    private static final JobEnvironment ENVIRONMENT = environment(Ticker.system());

    private TestJobs() {}

    private static JobEnvironment environment(Ticker ticker) {
        return new JobEnvironment(
                ticker,
                Threads.own(),
                new KeepAlive(Threads.own()),
                new Observers(LoggerFactory.getLogger(TestJobs.class), List.of(), FlightLog.none(), () -> 0),
                new JobCounts(),
                new NoManager());
    }

    /** Returns a job that has ended, after a time; by a failure, or without one. */
    static ShutdownJob ended(String name, Duration after, boolean fails) {
        ManualTicker ticker = new ManualTicker();
        ShutdownJob job = new ShutdownJob(
                name,
                context -> {
                    ticker.advance(after);
                    if (fails) {
                        throw new IllegalStateException("test");
                    }
                },
                0,
                ShutdownJobOptions.defaults(),
                environment(ticker));
        JobRun run = Objects.requireNonNull(job.start(() -> Deadline.never(ticker)));
        Waiting.until(run::isFinished);
        Waiting.until(run::isEnded);
        return job;
    }

    static ShutdownJob shutdownJob(String name, int phase) {
        return new ShutdownJob(name, context -> {}, phase, ShutdownJobOptions.defaults(), ENVIRONMENT);
    }

    private static final class NoManager implements JobEnvironment.Host {

        @Override
        public @Nullable ShutdownRequest request() {
            return null;
        }

        @Override
        public void finished(RunningJob job) {
            // Nobody waits for its turn.
        }

        @Override
        public void failed(String job, Throwable failure) {
            // There is nothing to shut down.
        }

        @Override
        public boolean runElsewhere(Runnable job) {
            return false;
        }
    }
}
