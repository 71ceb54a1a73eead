package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.ManualTicker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.slf4j.helpers.NOPLogger;

/** What many jobs cost. What is quadratic takes hours with these numbers, so that the limit is more than a net. */
@Timeout(120)
class CostTests {

    private static final int MANY = 100_000;
    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();

    /** Makes threads that never start. */
    private static Thread idle(String name, Runnable work) {
        return new Thread(work, name) {
            @Override
            public void start() {
                // What is measured is what a job costs beside its thread.
            }
        };
    }

    private JobServices services() {
        ErrorLog errors = new ErrorLog();
        SafeLogger logger = new SafeLogger(NOPLogger.NOP_LOGGER);
        return new JobServices(
                ticker,
                CostTests::idle,
                new KeepAlive(CostTests::idle),
                errors,
                new ListenerNotifier(FlightLog.none().newListener(), List.of(), errors, logger),
                FlightLog.system(),
                logger,
                () -> null);
    }

    private static RunningJob job(int number, int phase, JobServices services) {
        return new RunningJob(
                "job-" + number,
                JobContext::awaitCancellation,
                phase,
                RunningJobOptions.defaults(),
                services,
                (name, failure) -> {});
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @DisplayName(
            "C22: 100,000 running jobs on virtual threads are shut down cleanly with a handful of platform threads")
    void manyVirtualThreads() throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        threads.resetPeakThreadCount();
        int before = threads.getThreadCount();
        GracefulManager manager = GracefulManager.builder()
                .gracePeriod(Duration.ZERO)
                .signals(false)
                .virtualThreads(true)
                .build();
        for (int i = 0; i < MANY; i++) {
            manager.addRunningJob("job-" + i, JobContext::awaitCancellation);
        }

        ShutdownReport report = manager.shutdown(REASON).get();

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(report.jobs()).hasSize(MANY);
        assertThat(threads.getPeakThreadCount() - before).isLessThan(60);
    }

    @Test
    @DisplayName("C22: thousands of running jobs on platform threads are shut down cleanly")
    void manyPlatformThreads() throws Exception {
        GracefulManager manager = GracefulManager.builder()
                .gracePeriod(Duration.ZERO)
                .signals(false)
                .build();
        for (int i = 0; i < 3_000; i++) {
            manager.addRunningJob("job-" + i, JobContext::awaitCancellation);
        }

        ShutdownReport report = manager.shutdown(REASON).get();

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(report.jobs()).hasSize(3_000);
    }

    @Test
    @DisplayName("C22: what a job allocates does not depend on how many others there are")
    void allocationIsLinear() {
        assumeThat(ManagementFactory.getThreadMXBean()).isInstanceOf(com.sun.management.ThreadMXBean.class);
        allocatedPerJob(2_000);

        double few = allocatedPerJob(5_000);
        double many = allocatedPerJob(20_000);

        assertThat(many / few).as("from %s to %s bytes per job", few, many).isLessThan(2);
        assertThat(many).as("bytes per job, its thread included").isLessThan(10_000);
    }

    /** Returns what the calling thread allocates to register, start, cancel, interrupt and abandon a job. */
    private double allocatedPerJob(int count) {
        var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        JobServices services = services();
        long before = memory.getThreadAllocatedBytes(Thread.currentThread().getId());
        JobRegistry registry = new JobRegistry(() -> null, ticker::read);
        registry.start(0);
        for (int i = 0; i < count; i++) {
            registry.add(job(i, 0, services));
        }
        GracePeriod gracePeriod = new GracePeriod(Duration.ofSeconds(1), null, Duration.ZERO);
        new RunningJobsStop(ticker, gracePeriod, Duration.ofSeconds(1), Deadline.after(Duration.ZERO, ticker))
                .stop(registry.runningJobs(0));
        long allocated = memory.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(services.errors().snapshot()).hasSize(count);
        return (double) allocated / count;
    }

    @Test
    @DisplayName("C22: stopping a phase does not look at the jobs of the others")
    void manyPhases() {
        JobServices services = services();
        JobRegistry registry = new JobRegistry(() -> null, ticker::read);
        for (int i = 0; i < MANY; i++) {
            registry.add(job(i, i, services));
            registry.add(new ShutdownJob("job-" + i, context -> {}, i, ShutdownJobOptions.defaults(), services));
        }
        List<Integer> stopped = new ArrayList<>();

        for (int i = 0; i < MANY; i++) {
            registry.start(i);
        }
        for (OptionalInt phase = registry.takeHighestPhase(1);
                phase.isPresent();
                phase = registry.takeHighestPhase(1)) {
            assertThat(registry.hasShutdownJobs(phase.getAsInt())).isTrue();
            assertThat(registry.runningJobs(phase.getAsInt())).hasSize(1);
            assertThat(registry.shutdownJobs(phase.getAsInt())).hasSize(1);
            stopped.add(phase.getAsInt());
        }

        assertThat(stopped).hasSize(MANY - 1).startsWith(MANY - 1).endsWith(1);
    }

    @Test
    @DisplayName("C22: a chain of 100,000 shutdown jobs is checked as it grows, from either end, however deep it is")
    void longChains() {
        JobServices services = services();
        JobGraph forwards = new JobGraph();
        JobGraph backwards = new JobGraph();
        for (int i = 0; i < MANY; i++) {
            forwards.add(link(i, services), false);
            backwards.add(link(MANY - i, services), false);
        }
        backwards.add(link(0, services), false);

        assertThatThrownBy(() -> backwards.add(
                        new ShutdownJob("job--1", context -> {}, 0, after("job-" + MANY), services), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Can't register job 'job--1': the shutdown jobs would wait for each other in a"
                        + " cycle: job--1 -> job-" + MANY + " -> job-" + (MANY - 1));
    }

    private static ShutdownJob link(int number, JobServices services) {
        return new ShutdownJob("job-" + number, context -> {}, 0, after("job-" + (number - 1)), services);
    }

    private static ShutdownJobOptions after(String name) {
        return ShutdownJobOptions.defaults().withAfter(name);
    }
}
