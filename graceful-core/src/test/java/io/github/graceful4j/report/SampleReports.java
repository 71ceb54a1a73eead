package io.github.graceful4j.report;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.StuckThread;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reports as they come out of real shutdowns, for tests of what is made of them. */
final class SampleReports {

    static final String SCRIPT = "<script>alert(1)</script>";

    static final Instant BEGAN = Instant.parse("2026-11-24T10:15:30.25Z");

    private static final int RUNNING_PHASE = Integer.MAX_VALUE - 1280;
    private static final int SHUTDOWN_PHASE = Integer.MAX_VALUE / 4;

    private SampleReports() {}

    static JobResult job(String name, JobKind kind, JobOutcome outcome, long beganMillis, long millis) {
        return job(name, kind, outcome, beganMillis, millis, null, null);
    }

    private static JobResult job(
            String name,
            JobKind kind,
            JobOutcome outcome,
            long beganMillis,
            long millis,
            @Nullable Throwable failure,
            @Nullable StuckThread stuck) {
        Duration age = kind == JobKind.RUNNING ? Duration.ofMinutes(187).plusMillis(millis) : Duration.ofMillis(millis);
        return new JobResult(
                name, kind, outcome, Duration.ofMillis(beganMillis), Duration.ofMillis(millis), age, failure, stuck);
    }

    static StuckThread stuckAt(String thread, String... methods) {
        List<StackTraceElement> stack = new ArrayList<>();
        stack.add(new StackTraceElement("app", null, null, "java.net.SocketInputStream", "socketRead0", null, -2));
        for (String method : methods) {
            stack.add(new StackTraceElement("com.example.LegacySystem", method, "LegacySystem.java", 41));
        }
        stack.add(new StackTraceElement("java.lang.Thread", "run", "Thread.java", 840));
        return new StuckThread(thread, stack);
    }

    /** Everything ended well, long before the deadline. */
    static ShutdownReport clean() {
        List<JobResult> running = List.of(
                job("orders.settle-1", JobKind.RUNNING, JobOutcome.COMPLETED, 2, 214),
                job("orders.settle-2", JobKind.RUNNING, JobOutcome.COMPLETED, 2, 91),
                job("mail.import", JobKind.RUNNING, JobOutcome.COMPLETED, 0, 0));
        List<JobResult> shutdown = List.of(
                job("journal.flush", JobKind.SHUTDOWN, JobOutcome.COMPLETED, 220, 130),
                job("cache.write", JobKind.SHUTDOWN, JobOutcome.COMPLETED, 220, 48),
                job("orders.closingBalance", JobKind.SHUTDOWN, JobOutcome.COMPLETED, 351, 62));
        return new ShutdownReport(
                ShutdownReason.signal("SIGTERM"),
                BEGAN,
                Duration.ofMillis(421),
                Duration.ofSeconds(30),
                Duration.ZERO,
                ShutdownOutcome.CLEAN,
                List.of(
                        new PhaseResult(
                                RUNNING_PHASE,
                                Duration.ofMillis(1),
                                Duration.ofMillis(216),
                                running,
                                List.of(running.get(0))),
                        new PhaseResult(
                                SHUTDOWN_PHASE,
                                Duration.ofMillis(219),
                                Duration.ofMillis(195),
                                shutdown,
                                List.of(shutdown.get(0), shutdown.get(2)))),
                List.of());
    }

    /** With a drain, jobs that hang and fail, and names that mean harm; over only after the deadline. */
    static ShutdownReport timedOut() {
        IOException diskFull = new IOException("No space left on device: \"/var/journal\" & <more>");
        List<JobResult> running = List.of(
                job("orders.settle-1", JobKind.RUNNING, JobOutcome.COMPLETED, 4_010, 1_240),
                job("orders.settle-2", JobKind.RUNNING, JobOutcome.COMPLETED, 4_010, 830),
                job(
                        "legacy.poll",
                        JobKind.RUNNING,
                        JobOutcome.INTERRUPTED,
                        4_010,
                        11_100,
                        null,
                        stuckAt("graceful-job-legacy.poll", "read", "poll")),
                job(
                        "warehouse-synchronisation.replicate-all-stock-levels-to-the-central-warehouse-system",
                        JobKind.RUNNING,
                        JobOutcome.ABANDONED,
                        4_010,
                        11_990,
                        null,
                        stuckAt("graceful-job-warehouse", "lock", "acquire", "replicate")),
                job(SCRIPT, JobKind.RUNNING, JobOutcome.COMPLETED, 4_010, 2));
        List<JobResult> shutdown = List.of(
                job("journal.flush", JobKind.SHUTDOWN, JobOutcome.FAILED, 16_010, 1_730, diskFull, null),
                job("cache.write", JobKind.SHUTDOWN, JobOutcome.COMPLETED, 16_010, 950),
                job(
                        "orders.closingBalance",
                        JobKind.SHUTDOWN,
                        JobOutcome.TIMED_OUT,
                        17_745,
                        2_755,
                        null,
                        stuckAt("graceful-job-orders.closingBalance", "write", "closingBalance")),
                job("orders.archive", JobKind.SHUTDOWN, JobOutcome.SKIPPED, 0, 0));
        return new ShutdownReport(
                ShutdownReason.signal("SIGTERM"),
                BEGAN,
                Duration.ofMillis(20_510),
                Duration.ofSeconds(20),
                Duration.ofSeconds(4),
                ShutdownOutcome.TIMED_OUT,
                List.of(
                        new PhaseResult(
                                RUNNING_PHASE,
                                Duration.ofMillis(4_005),
                                Duration.ofMillis(12_000),
                                running,
                                List.of(running.get(3))),
                        new PhaseResult(
                                SHUTDOWN_PHASE,
                                Duration.ofMillis(16_006),
                                Duration.ofMillis(4_496),
                                shutdown,
                                List.of(shutdown.get(0), shutdown.get(2)))),
                List.of(
                        new RecordedError(
                                "warehouse-synchronisation.replicate-all-stock-levels-to-the-central-warehouse-system",
                                RecordedError.Source.RUNNING_JOB,
                                new TimeoutException("Job had not ended when its time was up")),
                        new RecordedError("journal.flush", RecordedError.Source.SHUTDOWN_JOB, diskFull),
                        new RecordedError(
                                SCRIPT,
                                RecordedError.Source.CANCELLATION_CALLBACK,
                                new IllegalStateException("\"/><img src=x onerror=alert(2)>"))));
    }

    /** Many jobs in one phase, most of them short, a few in trouble. */
    static ShutdownReport many(int count) {
        List<JobResult> jobs = IntStream.range(0, count)
                .mapToObj(i -> job(
                        "partition-" + i,
                        JobKind.RUNNING,
                        i % 50 == 49 ? JobOutcome.INTERRUPTED : JobOutcome.COMPLETED,
                        1 + i / 20,
                        i % 50 == 49 ? 9_000 + i : 20 + (i * 7919L) % 3_000,
                        null,
                        i % 50 == 49 ? stuckAt("graceful-job-partition-" + i, "poll") : null))
                .toList();
        return new ShutdownReport(
                ShutdownReason.contextClosed("Application 'shop'"),
                BEGAN,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ZERO,
                ShutdownOutcome.TIMED_OUT,
                List.of(new PhaseResult(0, Duration.ZERO, Duration.ofSeconds(10), jobs, jobs.subList(49, 50))),
                List.of());
    }

    /** Jobs that outlasted their time, of which only some have a stack. */
    static ShutdownReport late(int withStack, int withoutStack) {
        List<JobResult> jobs = IntStream.range(0, withStack + withoutStack)
                .mapToObj(i -> job(
                        "late-" + i,
                        JobKind.RUNNING,
                        i % 2 == 0 ? JobOutcome.ABANDONED : JobOutcome.INTERRUPTED,
                        1,
                        9_000,
                        null,
                        i < withStack ? stuckAt("graceful-job-late-" + i, "poll") : null))
                .toList();
        return new ShutdownReport(
                ShutdownReason.signal("SIGTERM"),
                BEGAN,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ZERO,
                ShutdownOutcome.TIMED_OUT,
                List.of(new PhaseResult(0, Duration.ZERO, Duration.ofSeconds(10), jobs, jobs.subList(0, 1))),
                List.of());
    }

    /** A whole close in which not the jobs took the time: a stream was open, and a pool was slow to close. */
    static ShutdownReport wholeClose() {
        JobResult settle = job("orders.settle", JobKind.RUNNING, JobOutcome.COMPLETED, 8_010, 1_480);
        JobResult poll = job("mail.import", JobKind.RUNNING, JobOutcome.COMPLETED, 8_010, 310);
        JobResult flush = job("journal.flush", JobKind.SHUTDOWN, JobOutcome.COMPLETED, 9_720, 640);
        ShutdownReport ofJobs = new ShutdownReport(
                ShutdownReason.contextClosed("application context 'orders'"),
                BEGAN,
                Duration.ofMillis(10_400),
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                ShutdownOutcome.CLEAN,
                List.of(
                        new PhaseResult(
                                RUNNING_PHASE,
                                Duration.ofMillis(8_009),
                                Duration.ofMillis(1_482),
                                List.of(settle, poll),
                                List.of(settle)),
                        new PhaseResult(
                                SHUTDOWN_PHASE,
                                Duration.ofMillis(9_718),
                                Duration.ofMillis(644),
                                List.of(flush),
                                List.of(flush))),
                List.of());
        return ofJobs.ofWholeClose(
                Duration.ofMillis(13_080),
                true,
                List.of(
                        step(StepResult.Kind.LISTENER, "serviceRegistration", null, 2_000, 118),
                        step(StepResult.Kind.LIFECYCLE_BEAN, "orderListeners", Integer.MAX_VALUE, 2_120, 380),
                        new StepResult(
                                StepResult.Kind.LIFECYCLE_BEAN,
                                "webServerGracefulShutdown",
                                "org.springframework.boot.web.server.context.WebServerGracefulShutdownLifecycle",
                                Integer.MAX_VALUE - 1024,
                                Duration.ofMillis(2_502),
                                Duration.ofMillis(5_500),
                                true),
                        step(StepResult.Kind.LIFECYCLE_BEAN, "webServerStartStop", Integer.MAX_VALUE - 2048, 9_500, 95),
                        step(StepResult.Kind.LIFECYCLE_BEAN, "taskExecutor", Integer.MAX_VALUE / 2, 9_600, 112),
                        step(StepResult.Kind.LIFECYCLE_BEAN, "hikariCheckpoint", 0, 10_410, 1),
                        step(StepResult.Kind.DESTRUCTION, "dataSource", null, 10_450, 2_600)));
    }

    private static StepResult step(
            StepResult.Kind kind, String name, @Nullable Integer phase, long beganMillis, long millis) {
        return new StepResult(
                kind,
                name,
                "com.example." + name,
                phase,
                Duration.ofMillis(beganMillis),
                Duration.ofMillis(millis),
                false);
    }

    /** A phase of which not each job is listed. */
    static ShutdownReport omitting(int omitted) {
        JobResult slowest = job("slowest", JobKind.RUNNING, JobOutcome.COMPLETED, 1, 340);
        return new ShutdownReport(
                ShutdownReason.signal("SIGTERM"),
                BEGAN,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ZERO,
                ShutdownOutcome.CLEAN,
                List.of(new PhaseResult(
                        0, Duration.ZERO, Duration.ofSeconds(1), List.of(slowest), omitted, List.of(slowest))),
                List.of());
    }

    static ShutdownReport empty(Duration gracePeriod) {
        return new ShutdownReport(
                ShutdownReason.requested("test"),
                BEGAN,
                Duration.ZERO,
                gracePeriod,
                Duration.ZERO,
                ShutdownOutcome.CLEAN,
                List.of(),
                List.of());
    }

    /** One phase has stopped, one is stopping, one waits. */
    static ShutdownProgress underWay() {
        JobResult listener = job("listener", JobKind.RUNNING, JobOutcome.COMPLETED, 2_005, 340);
        return new ShutdownProgress(
                ShutdownReason.signal("SIGTERM"),
                BEGAN,
                Duration.ofMillis(9_400),
                Duration.ofSeconds(20),
                Duration.ofSeconds(2),
                List.of(new PhaseResult(
                        Integer.MAX_VALUE,
                        Duration.ofSeconds(2),
                        Duration.ofMillis(360),
                        List.of(listener),
                        List.of(listener))),
                List.of(
                        progress("orders.settle-1", RUNNING_PHASE, JobKind.RUNNING, JobOutcome.COMPLETED, 2_400, 1_100),
                        new JobProgress(
                                snapshot("legacy.poll", JobKind.RUNNING, RUNNING_PHASE, JobState.STOPPING, null),
                                Duration.ofMillis(2_400),
                                Duration.ofMillis(7_000),
                                stuckAt("graceful-job-legacy.poll", "read", "poll")),
                        new JobProgress(
                                snapshot("mail.import", JobKind.RUNNING, RUNNING_PHASE, JobState.STOPPING, null),
                                Duration.ofMillis(2_400),
                                Duration.ofMillis(7_000),
                                null),
                        JobProgress.waiting(snapshot("metrics.push", JobKind.RUNNING, 0, JobState.ACTIVE, null)),
                        JobProgress.waiting(
                                snapshot("journal.flush", JobKind.SHUTDOWN, SHUTDOWN_PHASE, JobState.WAITING, null))),
                List.of());
    }

    private static JobProgress progress(
            String name, int phase, JobKind kind, JobOutcome outcome, long beganMillis, long millis) {
        return new JobProgress(
                snapshot(name, kind, phase, JobState.ENDED, outcome),
                Duration.ofMillis(beganMillis),
                Duration.ofMillis(millis),
                null);
    }

    static JobSnapshot snapshot(String name, JobKind kind, int phase, JobState state, @Nullable JobOutcome outcome) {
        return new JobSnapshot(
                name,
                kind,
                phase,
                state,
                state == JobState.WAITING ? Duration.ZERO : Duration.ofMinutes(187),
                0,
                outcome,
                null,
                state == JobState.WAITING ? null : "graceful-job-" + name);
    }
}
