package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.ManualTicker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GracePeriodTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final ManualTicker ticker = new ManualTicker();
    private final GracefulManager manager = GracefulManager.builder()
            .gracePeriod(Duration.ofSeconds(30))
            .ticker(ticker)
            .signals(false)
            .build();
    private final StubbornJob job = new StubbornJob();

    private GracefulManagerBuilder builder() {
        return GracefulManager.builder()
                .gracePeriod(Duration.ofSeconds(30))
                .ticker(ticker)
                .signals(false);
    }

    @Test
    @DisplayName("C7: the grace period is 25 s unless set otherwise")
    void defaultGracePeriod() {
        assertThat(GracefulManager.builder().signals(false).build().gracePeriod())
                .hasSeconds(25);
        assertThat(builder().gracePeriod(Duration.ofSeconds(5)).build().gracePeriod())
                .hasSeconds(5);
    }

    @Test
    @DisplayName("C7: the deadline is fixed when shutdown is requested, for every phase")
    void deadlineIsAnchoredAtTheRequest() throws Exception {
        StubbornJob later = new StubbornJob();
        manager.addShutdownJob("high", job, ShutdownJobOptions.defaults().withPhase(1));
        manager.addShutdownJob("low", later);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        assertThat(Waiting.forResult(job.started).remaining()).hasSeconds(30);
        ticker.advance(Duration.ofSeconds(12));
        job.end();

        assertThat(Waiting.forResult(later.started).remaining()).hasSeconds(18);
        later.end();
        assertThat(Waiting.forResult(done).elapsed()).hasSeconds(12);
    }

    @Test
    @DisplayName("C7: running jobs may use the grace period up to the reserve, a fifth by default")
    void runningJobsLeaveTheReserve() throws Exception {
        manager.addRunningJob("run", job);
        manager.addShutdownJob(
                "close", context -> {}, ShutdownJobOptions.defaults().withPhase(-1));
        JobContext context = Waiting.forResult(job.started);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.until(context::isCancelled);

        assertThat(context.remaining()).hasSeconds(24);
        job.end();
        Waiting.forResult(done);
    }

    @Test
    @DisplayName("C7: nothing is reserved where there is no shutdown job to come")
    void noReserveWithoutShutdownJobs() throws Exception {
        StubbornJob low = new StubbornJob();
        manager.addShutdownJob(
                "high", context -> {}, ShutdownJobOptions.defaults().withPhase(1));
        manager.addRunningJob("low", low);
        JobContext context = Waiting.forResult(low.started);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.until(context::isCancelled);

        assertThat(context.remaining()).hasSeconds(30);
        low.end();
        Waiting.forResult(done);
    }

    @Test
    @DisplayName("C7: the reserve can be set")
    void customReserve() throws Exception {
        GracefulManager custom = builder().reserve(Duration.ofSeconds(10)).build();
        custom.addRunningJob("run", job);
        custom.addShutdownJob("close", context -> {});
        JobContext context = Waiting.forResult(job.started);

        CompletableFuture<ShutdownReport> done = custom.shutdown(REASON).toCompletableFuture();
        Waiting.until(context::isCancelled);

        assertThat(context.remaining()).hasSeconds(20);
        job.end();
        Waiting.forResult(done);
    }

    @Test
    @DisplayName("C7: shutdown jobs may use what running jobs left")
    void shutdownJobsUseWhatIsLeft() throws Exception {
        StubbornJob close = new StubbornJob();
        manager.addRunningJob("run", job);
        manager.addShutdownJob("close", close);
        JobContext context = Waiting.forResult(job.started);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.until(context::isCancelled);
        ticker.advance(Duration.ofSeconds(4));
        job.end();

        assertThat(Waiting.forResult(close.started).remaining()).hasSeconds(26);
        close.end();
        Waiting.forResult(done);
    }

    @Test
    @DisplayName("C7: a shutdown job that comes too late still gets 500 ms")
    void lateShutdownJobGetsTheFloor() throws Exception {
        StubbornJob late = new StubbornJob();
        manager.addShutdownJob("high", job, ShutdownJobOptions.defaults().withPhase(1));
        manager.addShutdownJob("late", late);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(30));
        JobContext context = Waiting.forResult(late.started);
        assertThat(context.isCancelled()).isFalse();
        assertThat(context.remaining()).hasMillis(500);
        ticker.advanceWhenParked(Duration.ofMillis(500));

        ShutdownReport report = Waiting.forResult(done);
        assertThat(report.jobs()).extracting(JobResult::outcome).containsOnly(JobOutcome.TIMED_OUT);
        assertThat(report.elapsed()).hasMillis(30_500);
        assertThat(context.isCancelled()).isTrue();
        job.end();
        late.end();
    }

    @Test
    @DisplayName("C7: a running job of a phase that comes too late may end by itself before it is interrupted")
    void lateRunningJobIsNotInterruptedAtOnce() throws Exception {
        StubbornJob late = new StubbornJob();
        manager.addRunningJob("high", job, RunningJobOptions.defaults().withPhase(1));
        manager.addRunningJob("late", late);
        manager.addShutdownJob("close", context -> {});
        Waiting.forResult(job.started);
        JobContext context = Waiting.forResult(late.started);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(23));
        ticker.advanceWhenParked(Duration.ofSeconds(1));
        Waiting.until(context::isCancelled);
        ticker.awaitParked(Duration.ofMillis(500));
        assertThat(context.remaining()).hasSeconds(1);
        late.end();

        assertThat(Waiting.forResult(done).jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.ABANDONED, JobOutcome.COMPLETED, JobOutcome.COMPLETED);
        assertThat(late.interrupted).isNotDone();
        job.end();
    }

    @Test
    @DisplayName("C7: a running job's own timeout shortens its time")
    void ownTimeoutShortensRunningJob() throws Exception {
        manager.addRunningJob("run", job, RunningJobOptions.defaults().withTimeout(Duration.ofSeconds(2)));
        JobContext context = Waiting.forResult(job.started);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.until(context::isCancelled);
        assertThat(context.remaining()).hasSeconds(2);
        ticker.advanceWhenParked(Duration.ofMillis(1_800));
        Waiting.forResult(job.interrupted);
        ticker.advanceWhenParked(Duration.ofMillis(200));

        assertThat(Waiting.forResult(done).elapsed()).hasSeconds(2);
        assertThat(Waiting.forResult(done).jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.ABANDONED);
        job.end();
    }

    @Test
    @DisplayName("C7: a shutdown job's own timeout shortens its time")
    void ownTimeoutShortensShutdownJob() throws Exception {
        manager.addShutdownJob("close", job, ShutdownJobOptions.defaults().withTimeout(Duration.ofMillis(100)));

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        assertThat(Waiting.forResult(job.started).remaining()).hasMillis(100);
        ticker.advanceWhenParked(Duration.ofMillis(100));

        assertThat(Waiting.forResult(done).elapsed()).hasMillis(100);
        assertThat(Waiting.forResult(done).jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.TIMED_OUT);
        job.end();
    }

    @Test
    @DisplayName("C7: a job's own timeout never prolongs its time")
    void ownTimeoutNeverProlongs() throws Exception {
        StubbornJob close = new StubbornJob();
        manager.addRunningJob("run", job, RunningJobOptions.defaults().withTimeout(Duration.ofHours(1)));
        manager.addShutdownJob("close", close, ShutdownJobOptions.defaults().withTimeout(Duration.ofHours(1)));
        JobContext context = Waiting.forResult(job.started);

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.until(context::isCancelled);

        assertThat(context.remaining()).hasSeconds(24);
        job.end();
        assertThat(Waiting.forResult(close.started).remaining()).hasSeconds(30);
        close.end();
        Waiting.forResult(done);
    }

    @Test
    @DisplayName("C7: the caller's shorter deadline wins, and the reserve and the lead shrink with it")
    void shorterDeadlineWins() throws Exception {
        manager.addRunningJob("run", job);
        manager.addShutdownJob("close", context -> {});
        JobContext context = Waiting.forResult(job.started);

        CompletableFuture<ShutdownReport> done =
                manager.shutdown(REASON, Duration.ofSeconds(5)).toCompletableFuture();
        Waiting.until(context::isCancelled);
        assertThat(context.remaining()).hasSeconds(4);
        ticker.advanceWhenParked(Duration.ofMillis(3_500));
        Waiting.forResult(job.interrupted);
        ticker.advanceWhenParked(Duration.ofMillis(500));

        ShutdownReport report = Waiting.forResult(done);
        assertThat(report.gracePeriod()).hasSeconds(5);
        assertThat(report.elapsed()).hasSeconds(4);
        job.end();
    }

    @Test
    @DisplayName("C7: the caller's longer deadline changes nothing")
    void longerDeadlineChangesNothing() throws Exception {
        manager.addShutdownJob("close", job);

        CompletableFuture<ShutdownReport> done =
                manager.shutdown(REASON, Duration.ofHours(1)).toCompletableFuture();

        assertThat(Waiting.forResult(job.started).remaining()).hasSeconds(30);
        job.end();
        assertThat(Waiting.forResult(done).gracePeriod()).hasSeconds(30);
    }

    @Test
    @DisplayName("C7: a caller without any time to spare still gets every shutdown job started")
    void noTimeAtAll() throws Exception {
        manager.addRunningJob("run", job);
        manager.addShutdownJob("close", context -> {});
        Waiting.forResult(job.started);

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON, Duration.ZERO));

        assertThat(report.jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.ABANDONED, JobOutcome.COMPLETED);
        assertThat(report.toText()).contains("of 0.000s");
        job.end();
    }

    @Test
    @DisplayName("C7: with an unlimited grace period, the shutdown takes as long as it needs")
    void unlimited() throws Exception {
        GracefulManager unlimited = builder().gracePeriod(Deadline.UNLIMITED).build();
        StubbornJob close = new StubbornJob();
        unlimited.addRunningJob("run", job);
        unlimited.addShutdownJob("close", close);
        JobContext context = Waiting.forResult(job.started);

        CompletableFuture<ShutdownReport> done = unlimited.shutdown(REASON).toCompletableFuture();
        Waiting.until(context::isCancelled);
        assertThat(context.remaining()).isEqualTo(Deadline.UNLIMITED);
        ticker.advance(Duration.ofDays(1));
        job.end();
        assertThat(Waiting.forResult(close.started).remaining()).isEqualTo(Deadline.UNLIMITED);
        ticker.advance(Duration.ofDays(1));
        close.end();

        ShutdownReport report = Waiting.forResult(done);
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(report.elapsed()).hasDays(2);
        assertThat(report.gracePeriod()).isEqualTo(Deadline.UNLIMITED);
        assertThat(job.interrupted).isNotDone();
    }

    @Test
    @DisplayName("C7: with an unlimited grace period, the caller's deadline is the only one")
    void unlimitedWithACallersDeadline() throws Exception {
        GracefulManager unlimited = builder().gracePeriod(Deadline.UNLIMITED).build();
        unlimited.addShutdownJob("close", job);

        CompletableFuture<ShutdownReport> done =
                unlimited.shutdown(REASON, Duration.ofSeconds(5)).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(5));

        assertThat(Waiting.forResult(done).outcome()).isEqualTo(ShutdownOutcome.TIMED_OUT);
        job.end();
    }

    @Test
    @DisplayName("C7: a 500 ms job against a limit of 100 ms: over at 100 ms, the timeout recorded")
    void tightLimit() throws Exception {
        GracefulManager tight = builder().gracePeriod(Duration.ofMillis(100)).build();
        tight.addRunningJob("slow", job);
        Waiting.forResult(job.started);

        CompletableFuture<ShutdownReport> done = tight.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofMillis(90));
        ticker.advanceWhenParked(Duration.ofMillis(10));

        ShutdownReport report = Waiting.forResult(done);
        assertThat(report.elapsed()).hasMillis(100);
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.TIMED_OUT);
        assertThat(report.errors()).hasSize(1);
        assertThat(report.errors().get(0).thrown()).hasMessage("Job 'slow' had not ended when its time was up");
        job.end();
    }

    @Test
    @DisplayName("C7: before shutdown, nothing limits a job")
    void nothingLimitsBefore() throws Exception {
        manager.addRunningJob("run", job);

        assertThat(Waiting.forResult(job.started).remaining()).isEqualTo(Deadline.UNLIMITED);
        assertThat(manager.shutdownContext().remaining()).isEqualTo(Deadline.UNLIMITED);
        job.end();
        Waiting.forResult(manager.shutdown(REASON));
        assertThat(manager.shutdownContext().remaining()).hasSeconds(30);
    }

    @Test
    @DisplayName(
            "C7: a registration cancelled before never gives a job longer than the shutdown, nor the other way round")
    void theEarlierOfTwoDeadlinesHolds() throws Exception {
        Registration registration = manager.addRunningJob("run", job);
        JobContext context = Waiting.forResult(job.started);

        registration.forget();
        Waiting.until(context::isCancelled);
        ticker.advance(Duration.ofSeconds(10));
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.awaitParked(Duration.ofSeconds(29));

        assertThat(context.remaining()).hasSeconds(20);
        job.end();
        Waiting.forResult(done);
    }

    @Test
    @DisplayName("C7: a negative deadline of the caller is refused, and nothing is shut down")
    void negativeDeadline() throws Exception {
        assertThatThrownBy(() -> manager.shutdown(REASON, Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Can't shut down within PT-0.001S: the duration must not be negative");

        assertThat(manager.state()).isEqualTo(ManagerState.STARTED);
        Waiting.forResult(manager.shutdown(REASON));
    }

    @Test
    @DisplayName("C24: a later request with less time brings the deadline forward for jobs that stop already")
    void laterRequestBringsTheDeadlineForward() throws Exception {
        manager.addRunningJob("run", job);
        JobContext context = Waiting.forResult(job.started);
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.awaitParked(Duration.ofSeconds(29));
        ticker.advance(Duration.ofSeconds(10));
        assertThat(context.remaining()).hasSeconds(20);

        manager.shutdown(ShutdownReason.signal("SIGTERM"), Duration.ofSeconds(5));

        assertThat(context.remaining()).hasSeconds(5);
        assertThat(manager.shutdownContext().remaining()).hasSeconds(5);
        assertThat(Objects.requireNonNull(manager.progress()).gracePeriod()).hasSeconds(15);
        assertThat(Objects.requireNonNull(manager.requestedShutdown()).gracePeriod())
                .hasSeconds(15);
        ticker.advanceWhenParked(Duration.ofSeconds(4));
        Waiting.forResult(job.interrupted);
        ticker.advanceWhenParked(Duration.ofSeconds(1));
        ShutdownReport report = Waiting.forResult(done);
        assertThat(report.jobs()).extracting(JobResult::outcome).containsExactly(JobOutcome.ABANDONED);
        assertThat(report.reason()).isEqualTo(REASON);
        assertThat(report.elapsed()).hasSeconds(15);
        assertThat(report.gracePeriod()).hasSeconds(15);
        job.end();
    }

    @Test
    @DisplayName("C24: a later request with more time than is left never puts the deadline back")
    void laterRequestNeverPutsTheDeadlineBack() throws Exception {
        manager.addRunningJob("run", job);
        JobContext context = Waiting.forResult(job.started);
        CompletableFuture<ShutdownReport> done =
                manager.shutdown(REASON, Duration.ofSeconds(8)).toCompletableFuture();
        Waiting.until(context::isCancelled);
        ticker.advance(Duration.ofSeconds(2));

        manager.shutdown(REASON, Duration.ofSeconds(7));
        manager.shutdown(REASON);

        assertThat(context.remaining()).hasSeconds(6);
        job.end();
        assertThat(Waiting.forResult(done).gracePeriod()).hasSeconds(8);
    }

    @Test
    @DisplayName("C24: a job that was interrupted already is given up as soon as no time is left")
    void interruptedJobIsGivenUpAtOnce() throws Exception {
        manager.addRunningJob("run", job);
        Waiting.forResult(job.started);
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        ticker.advanceWhenParked(Duration.ofSeconds(29));
        Waiting.forResult(job.interrupted);

        manager.shutdown(REASON, Duration.ZERO);

        assertThat(Waiting.forResult(done).elapsed()).hasSeconds(29);
        assertThat(done.join().jobs()).extracting(JobResult::outcome).containsExactly(JobOutcome.ABANDONED);
        job.end();
    }

    @Test
    @DisplayName("C24: a job whose own timeout comes sooner than the new deadline keeps that")
    void ownTimeoutStays() throws Exception {
        StubbornJob other = new StubbornJob();
        manager.addRunningJob("own", job, RunningJobOptions.defaults().withTimeout(Duration.ofSeconds(3)));
        manager.addRunningJob("other", other);
        JobContext own = Waiting.forResult(job.started);
        JobContext shortened = Waiting.forResult(other.started);
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.until(() -> own.isCancelled() && shortened.isCancelled());

        manager.shutdown(REASON, Duration.ofSeconds(4));

        assertThat(own.remaining()).hasSeconds(3);
        assertThat(shortened.remaining()).hasSeconds(4);
        job.end();
        other.end();
        Waiting.forResult(done);
    }

    @Test
    @DisplayName("C24: the reserve for shutdown jobs is a part of the time that is left")
    void reserveShrinksToo() throws Exception {
        manager.addRunningJob("run", job);
        manager.addShutdownJob("close", context -> {});
        JobContext context = Waiting.forResult(job.started);
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.until(context::isCancelled);
        assertThat(context.remaining()).hasSeconds(24);

        manager.shutdown(REASON, Duration.ofSeconds(10));

        assertThat(context.remaining()).hasSeconds(8);
        job.end();
        Waiting.forResult(done);
    }

    @Test
    @DisplayName("C24: shutdown jobs that run while the deadline is brought forward still get 500 ms")
    void runningShutdownJobKeepsTheFloor() throws Exception {
        StubbornJob later = new StubbornJob();
        manager.addShutdownJob("close", job);
        manager.addShutdownJob("later", later, ShutdownJobOptions.defaults().withPhase(-1));
        JobContext context;
        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        context = Waiting.forResult(job.started);
        ticker.advance(Duration.ofSeconds(12));
        assertThat(context.remaining()).hasSeconds(18);

        manager.shutdown(REASON, Duration.ZERO);

        assertThat(context.remaining()).hasMillis(500);
        ticker.advanceWhenParked(Duration.ofMillis(500));
        assertThat(Waiting.forResult(later.started).remaining()).hasMillis(500);
        later.end();
        ShutdownReport report = Waiting.forResult(done);
        assertThat(report.jobs())
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.TIMED_OUT, JobOutcome.COMPLETED);
        assertThat(report.elapsed()).hasMillis(12_500);
        assertThat(report.gracePeriod()).hasSeconds(12);
        job.end();
    }

    @Test
    @DisplayName("C24: a shutdown without a limit gets one by a later request")
    void unlimitedShutdownGetsALimit() throws Exception {
        GracefulManager unlimited = builder().gracePeriod(Deadline.UNLIMITED).build();
        unlimited.addRunningJob("run", job);
        JobContext context = Waiting.forResult(job.started);
        CompletableFuture<ShutdownReport> done = unlimited.shutdown(REASON).toCompletableFuture();
        Waiting.until(context::isCancelled);
        ticker.advance(Duration.ofDays(1));

        unlimited.shutdown(REASON, Duration.ofSeconds(10));

        assertThat(context.remaining()).hasSeconds(10);
        ticker.advanceWhenParked(Duration.ofSeconds(9));
        ticker.advanceWhenParked(Duration.ofSeconds(1));
        assertThat(Waiting.forResult(done).outcome()).isEqualTo(ShutdownOutcome.TIMED_OUT);
        job.end();
    }

    @Test
    @DisplayName("C24: once the shutdown is over, a request changes nothing of its report")
    void requestAfterTheEnd() throws Exception {
        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(Waiting.forResult(manager.shutdown(ShutdownReason.requested("late"), Duration.ZERO)))
                .isSameAs(report);
        assertThat(report.gracePeriod()).hasSeconds(30);
    }
}
