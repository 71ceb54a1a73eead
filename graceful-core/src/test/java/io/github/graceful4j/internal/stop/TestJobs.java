package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.job.JobCounts;
import io.github.graceful4j.internal.job.JobEnvironment;
import io.github.graceful4j.internal.job.RunningJob;
import io.github.graceful4j.internal.job.ShutdownJob;
import io.github.graceful4j.internal.job.ShutdownRequest;
import io.github.graceful4j.internal.jvm.KeepAlive;
import io.github.graceful4j.internal.jvm.Threads;
import io.github.graceful4j.internal.observe.FlightLog;
import io.github.graceful4j.internal.observe.Observers;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.time.Ticker;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Jobs without a manager, for tests of what keeps them. */
final class TestJobs {

    private static final JobEnvironment ENVIRONMENT = new JobEnvironment(
            Ticker.system(),
            Threads.own(),
            new KeepAlive(Threads.own()),
            new Observers(LoggerFactory.getLogger(TestJobs.class), List.of(), FlightLog.none(), () -> 0),
            new JobCounts(),
            new NoManager());

    private TestJobs() {}

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
