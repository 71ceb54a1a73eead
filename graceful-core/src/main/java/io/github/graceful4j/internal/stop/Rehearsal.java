package io.github.graceful4j.internal.stop;

import io.github.graceful4j.internal.jvm.Jvm;
import io.github.graceful4j.internal.jvm.JvmHooks;
import io.github.graceful4j.internal.jvm.Threads;
import io.github.graceful4j.internal.observe.FlightLog;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.helpers.NOPLogger;

/**
 * An ordinary shutdown of a manager that nobody sees: it logs nothing, keeps no process alive, and touches neither
 * signals nor hooks of the JVM. Confined to the thread that calls {@link #perform}.
 */
final class Rehearsal implements Job, JvmHooks {

    private static final String RUNNING = "graceful rehearses";

    private static final GracePeriod GRACE_PERIOD =
            new GracePeriod(Duration.ofSeconds(25), null, Duration.ofSeconds(1));

    void perform() throws InterruptedException {
        Threads threads = Threads.own();
        ShutdownCoordinator manager = ShutdownCoordinator.of(new Settings(
                GRACE_PERIOD,
                true,
                false,
                0,
                0,
                null,
                null,
                List.of(),
                List.of(),
                threads,
                NOPLogger.NOP_LOGGER,
                FlightLog.none(),
                new Jvm(Ticker.system(), Clock.systemUTC(), this, null, threads)));
        JobControls jobs = new JobControls(manager);
        jobs.add(RUNNING, this, RunningJobOptions.defaults());
        jobs.add("graceful rehearses the end", this, ShutdownJobOptions.defaults());
        manager.request(ShutdownReason.requested("rehearsal"), Deadline.UNLIMITED);
        manager.awaitDone(Deadline.UNLIMITED);
    }

    @Override
    public void run(JobContext context) throws InterruptedException {
        if (context.name().equals(RUNNING)) {
            context.awaitCancellation();
        }
    }

    @Override
    public void add(Thread hook) {
        // There is no JVM to exit.
    }

    @Override
    public void remove(Thread hook) {
        // As above.
    }
}
