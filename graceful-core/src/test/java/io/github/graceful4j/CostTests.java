package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.graceful4j.job.InvalidJobException;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spi.PhaseControl;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.ManualTicker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.helpers.NOPLogger;

/**
 * What many jobs cost. What is quadratic takes many times as long with these numbers, so that the limit is more than a
 * net.
 */
@Timeout(120)
@Isolated("counts all threads of the process, and what they allocate")
class CostTests {

    private static final int MANY = 100_000;
    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();

    private static GracefulManagerBuilder builder() {
        return GracefulManager.builder().gracePeriod(Deadline.UNLIMITED).signals(false);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @DisplayName(
            "C22: 100,000 running jobs on virtual threads are shut down cleanly with a handful of platform threads")
    void manyVirtualThreads() throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        threads.resetPeakThreadCount();
        int before = threads.getThreadCount();
        GracefulManager manager = builder().virtualThreads(true).build();
        for (int i = 0; i < MANY; i++) {
            manager.addRunningJob("job-" + i, JobContext::awaitCancellation);
        }

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(report.jobCount()).isEqualTo(MANY);
        assertThat(threads.getPeakThreadCount() - before).isLessThan(60);
    }

    @Test
    @DisplayName("C22: thousands of running jobs on platform threads are shut down cleanly")
    void manyPlatformThreads() throws Exception {
        GracefulManager manager = builder().build();
        for (int i = 0; i < 3_000; i++) {
            manager.addRunningJob("job-" + i, JobContext::awaitCancellation);
        }

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(report.jobCount()).isEqualTo(3_000);
    }

    @Test
    @DisplayName("C22: what a job allocates does not depend on how many others there are")
    void allocationIsLinear() throws Exception {
        assumeThat(ManagementFactory.getThreadMXBean()).isInstanceOf(com.sun.management.ThreadMXBean.class);
        allocatedPerJob(500);

        double few = allocatedPerJob(500);
        double many = allocatedPerJob(2_000);

        assertThat(many / few).as("from %s to %s bytes per job", few, many).isLessThan(1.1);
        assertThat(many).as("bytes per job, its thread included").isLessThan(30_000);
    }

    /** Returns what all threads allocate to register, start, cancel, interrupt and abandon a job. */
    private double allocatedPerJob(int count) throws Exception {
        CompletableFuture<Map<Long, Long>> atTheEnd = new CompletableFuture<>();
        GracefulManager manager = GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .logger(NOPLogger.NOP_LOGGER)
                .listener(new ShutdownListener() {
                    @Override
                    public void shutdownEnded(ShutdownReport report) {
                        // The thread that shut down is still there, since it waits for this to be heard.
                        atTheEnd.complete(allocated());
                    }
                })
                .build();
        List<StubbornJob> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            jobs.add(new StubbornJob());
        }
        Map<Long, Long> before = allocated();
        for (int i = 0; i < count; i++) {
            manager.addRunningJob("job-" + i, jobs.get(i));
        }
        for (StubbornJob job : jobs) {
            Waiting.forResult(job.started);
        }

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON, Duration.ZERO));

        Map<Long, Long> after = Waiting.forResult(atTheEnd);
        jobs.forEach(StubbornJob::end);
        assertThat(report.jobs()).hasSize(count).extracting(JobResult::outcome).containsOnly(JobOutcome.ABANDONED);
        long total = after.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                .sum();
        return (double) total / count;
    }

    @Test
    @DisplayName(
            "C22: a registered job is two small objects, one of which is its handle, and its places among the others")
    void registrationIsSmall() {
        registeredBytesPerJob(1_000);

        double bytes = registeredBytesPerJob(50_000);

        assertThat(bytes).as("bytes per registered job").isLessThan(200);
    }

    /** Returns what the calling thread allocates to register a job that is not started. */
    private static double registeredBytesPerJob(int count) {
        GracefulManager manager = builder().autoStart(false).build();
        List<String> names = IntStream.range(0, count).mapToObj(i -> "job-" + i).toList();
        Job job = JobContext::awaitCancellation;
        long before = allocatedHere();
        for (String name : names) {
            manager.addRunningJob(name, job);
        }
        return (double) (allocatedHere() - before) / count;
    }

    private static long allocatedHere() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @DisplayName("C22: to end a job of which nobody wants to know takes no object")
    void endingMakesNothing() throws Exception {
        stoppedBytesPerJob(5_000);

        double bytes = stoppedBytesPerJob(50_000);

        assertThat(bytes).as("bytes per job that is stopped").isLessThan(230);
    }

    /** Returns what all threads together allocate for each job from the request of a shutdown to its end. */
    private static double stoppedBytesPerJob(int count) throws Exception {
        GracefulManager manager =
                builder().virtualThreads(true).logger(NOPLogger.NOP_LOGGER).build();
        CountDownLatch begun = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            manager.addRunningJob("job-" + i, context -> {
                begun.countDown();
                context.awaitCancellation();
            });
        }
        Waiting.forLatch(begun);
        long before = allocatedByAll();
        Waiting.forResult(manager.shutdown(REASON));
        return (double) (allocatedByAll() - before) / count;
    }

    /** By reflection, since Java 17 does not have it. */
    private static long allocatedByAll() throws Exception {
        return (long) com.sun.management.ThreadMXBean.class
                .getMethod("getTotalThreadAllocatedBytes")
                .invoke(ManagementFactory.getThreadMXBean());
    }

    /** Returns how many bytes each thread has allocated that is alive. */
    private static Map<Long, Long> allocated() {
        var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] threads = memory.getAllThreadIds();
        long[] bytes = memory.getThreadAllocatedBytes(threads);
        Map<Long, Long> allocated = new HashMap<>();
        for (int i = 0; i < threads.length; i++) {
            allocated.put(threads[i], Math.max(0, bytes[i]));
        }
        return allocated;
    }

    @Test
    @DisplayName("C22: starting and stopping a phase does not look at the jobs of the others")
    void manyPhases() throws Exception {
        GracefulManager manager = GracefulManager.builder()
                .ticker(ticker)
                .signals(false)
                .autoStart(false)
                .build();
        PhaseControl control = manager.phaseControl();
        List<Registration> below = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            manager.addRunningJob(
                    "job-" + i,
                    JobContext::awaitCancellation,
                    RunningJobOptions.defaults().withPhase(i));
            // One that is stopped by name is started by no phase, so that this takes no threads.
            manager.jobControl().stop("job-" + i);
            below.add(manager.addShutdownJob(
                    "job-" + i, context -> {}, ShutdownJobOptions.defaults().withPhase(-1 - i)));
        }

        for (int i = 0; i < MANY; i++) {
            control.start(i);
        }
        control.begin(REASON);
        control.stop(0).get();
        below.forEach(Registration::forget);
        control.finish().get();
        ShutdownReport report = manager.awaitDone();

        assertThat(report.phases())
                .hasSize(MANY)
                .extracting(PhaseResult::phase)
                .startsWith(MANY - 1)
                .endsWith(0);
        assertThat(report.jobs()).hasSize(MANY);
    }

    @Test
    @DisplayName("C22: a chain of 100,000 shutdown jobs is checked as it grows, from either end, however deep it is")
    void longChains() {
        GracefulManager forwards = builder().autoStart(false).build();
        GracefulManager backwards = builder().autoStart(false).build();
        forwards.addShutdownJob("job-0", context -> {});
        for (int i = 1; i <= MANY; i++) {
            forwards.addShutdownJob("job-" + i, context -> {}, after(i - 1));
        }
        for (int i = MANY; i >= 0; i--) {
            backwards.addShutdownJob("job-" + i, context -> {}, after(i - 1));
        }

        forwards.start();

        assertThatThrownBy(() -> backwards.addShutdownJob("job--1", context -> {}, after(MANY)))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageStartingWith("Can't register job 'job--1': the shutdown jobs would wait for each other in a"
                        + " cycle: job--1 -> job-" + MANY + " -> job-" + (MANY - 1));
    }

    private static ShutdownJobOptions after(int number) {
        return ShutdownJobOptions.defaults().withAfter("job-" + number);
    }
}
