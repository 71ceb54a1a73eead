package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.github.graceful4j.job.InvalidJobException;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.RecordedError;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownProgress;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.report.WaitedFor;
import io.github.graceful4j.time.SkippingTicker;
import io.github.graceful4j.work.WorkSource;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkSourceTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final GracefulManager manager = GracefulManager.builder()
            .signals(false)
            .gracePeriod(Duration.ofSeconds(30))
            .build();

    /** A source that has as much under way as the test says. */
    private static class Source implements WorkSource {

        final AtomicInteger underWay = new AtomicInteger();
        final CountDownLatch told = new CountDownLatch(1);
        final CountDownLatch asked = new CountDownLatch(1);
        final AtomicInteger timesTold = new AtomicInteger();
        final AtomicBoolean interrupted = new AtomicBoolean();

        @Override
        public void stopTaking() throws Exception {
            timesTold.incrementAndGet();
            told.countDown();
        }

        @Override
        public long underWay() throws Exception {
            asked.countDown();
            return underWay.get();
        }

        @Override
        public void interrupt() throws Exception {
            interrupted.set(true);
        }
    }

    @Test
    @DisplayName("C7: S21: a source whose phase comes when no time is left still says that nothing is under way")
    void idleSourceIsNotGivenUpUnasked() throws Exception {
        GracefulManager late = GracefulManager.builder()
                .signals(false)
                .gracePeriod(Duration.ofMillis(50))
                .build();
        late.addRunningJob(
                "stuck",
                context -> new CountDownLatch(1).await(),
                RunningJobOptions.defaults().withPhase(2));
        late.addWorkSource("queue", new Source(), 1);

        ShutdownReport report = Waiting.forResult(late.shutdown(REASON).toCompletableFuture());

        assertThat(resultOf("queue", report).outcome()).isEqualTo(JobOutcome.COMPLETED);
    }

    @Test
    @DisplayName("S21: a shutdown job starts only when nothing of a work source is under way")
    void sourceHoldsBackShutdownJobs() throws Exception {
        Source source = new Source();
        source.underWay.set(2);
        manager.addWorkSource("queue", source);
        manager.addShutdownJob("flush", context -> events.add("flushed"));

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.forLatch(source.asked);
        assertThat(events).isEmpty();
        events.add("idle");
        source.underWay.set(0);
        ShutdownReport report = Waiting.forResult(done);

        assertThat(events).containsExactly("idle", "flushed");
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(source.timesTold).hasValue(1);
        assertThat(source.interrupted).isFalse();
        assertThat(resultOf("queue", report).kind()).isEqualTo(JobKind.SOURCE);
        assertThat(resultOf("queue", report).outcome()).isEqualTo(JobOutcome.COMPLETED);
        assertThat(report.toText()).containsPattern("completed +source +queue");
        assertThat(report.toJson()).contains("\"kind\":\"SOURCE\"");
        assertThat(report.toHtml()).contains("work source, completed");
    }

    @Test
    @DisplayName("S21: a source that fails to tell for a moment is asked again, and holds back shutdown jobs meanwhile")
    void sourceThatFailsForAMoment() throws Exception {
        AtomicInteger failures = new AtomicInteger(3);
        manager.addWorkSource("queue", new Source() {
            @Override
            public long underWay() {
                if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("away for a moment");
                }
                events.add("idle");
                return 0;
            }
        });
        manager.addShutdownJob("flush", context -> events.add("flushed"));

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON).toCompletableFuture());

        assertThat(events).startsWith("idle").endsWith("flushed");
        assertThat(resultOf("queue", report).outcome()).isEqualTo(JobOutcome.COMPLETED);
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
    }

    @Test
    @DisplayName("S21: a work source is told to take no more together with the running jobs of its phase")
    void sourceIsToldTogetherWithRunningJobs() throws Exception {
        Source source = new Source();
        manager.addWorkSource("queue", source);
        // It ends only when the source was told, so neither can wait for the other.
        manager.addRunningJob("run", context -> {
            context.awaitCancellation();
            source.told.await();
        });

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
        assertThat(report.phases())
                .singleElement()
                .satisfies(phase ->
                        assertThat(phase.jobs()).extracting(JobResult::job).containsExactly("run", "queue"));
    }

    @Test
    @DisplayName("S21: a work source stops in its phase, and holds back no shutdown job of a higher one")
    void sourceStopsInItsPhase() throws Exception {
        Source source = new Source();
        manager.addWorkSource("queue", source, -5);
        manager.addShutdownJob("high", context -> events.add("told " + source.timesTold));
        manager.addShutdownJob(
                "low",
                context -> events.add("told " + source.timesTold),
                ShutdownJobOptions.defaults().withPhase(-5));

        Waiting.forResult(manager.shutdown(REASON));

        assertThat(events).containsExactly("told 0", "told 1");
    }

    @Test
    @DisplayName("S21: a source that never becomes idle is interrupted, then given up, and reported with what it had")
    void busySourceIsGivenUp() throws Exception {
        GracefulManager skipping = GracefulManager.builder()
                .signals(false)
                .gracePeriod(Duration.ofSeconds(30))
                .ticker(new SkippingTicker(Duration.ofMillis(25)))
                .build();
        Source source = new Source();
        source.underWay.set(3);
        skipping.addWorkSource("queue", source);
        skipping.addShutdownJob("flush", context -> events.add("flushed"));

        ShutdownReport report = Waiting.forResult(skipping.shutdown(REASON));

        assertThat(events).containsExactly("flushed");
        assertThat(report.elapsed()).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(25));
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.TIMED_OUT);
        assertThat(source.interrupted).isTrue();
        JobResult result = resultOf("queue", report);
        assertThat(result.outcome()).isEqualTo(JobOutcome.ABANDONED);
        assertThat(Objects.requireNonNull(result.stuck()).name()).endsWith("queue, 3 under way");
        assertThat(report.errors()).singleElement().satisfies(error -> {
            assertThat(error.name()).isEqualTo("queue");
            assertThat(error.source()).isEqualTo(RecordedError.Source.WORK_IN_FLIGHT);
            assertThat(error.thrown())
                    .hasMessage("Work source 'queue' still had 3 pieces of work under way when its time was up");
        });
        assertThat(report.blame()).extracting(WaitedFor::name).first().isEqualTo("queue");
    }

    @Test
    @DisplayName("S21: a source that becomes idle once it is interrupted is told of as interrupted")
    void interruptedSourceMayBecomeIdle() throws Exception {
        GracefulManager skipping = GracefulManager.builder()
                .signals(false)
                .gracePeriod(Duration.ofHours(1))
                .ticker(new SkippingTicker(Duration.ofMillis(25)))
                .interruptLead(Duration.ofMinutes(5))
                .build();
        Source source = new Source() {
            @Override
            public void interrupt() {
                underWay.set(0);
            }
        };
        source.underWay.set(1);
        skipping.addWorkSource("queue", source);

        ShutdownReport report = Waiting.forResult(skipping.shutdown(REASON));

        assertThat(resultOf("queue", report).outcome()).isIn(JobOutcome.INTERRUPTED, JobOutcome.ABANDONED);
        assertThat(source.underWay).hasValue(0);
    }

    @Test
    @DisplayName("C23: a source that throws, or says what can't be, is recorded and not waited for for ever")
    void brokenSourcesAreRecorded() throws Exception {
        IllegalStateException failure = new IllegalStateException("no connection");
        Source throwsOnStop = new Source() {
            @Override
            public void stopTaking() {
                throw failure;
            }
        };
        Source throwsOnLook = new Source() {
            @Override
            public long underWay() {
                throw failure;
            }
        };
        Source rubbish = new Source();
        rubbish.underWay.set(-1);
        manager.addWorkSource("stop", throwsOnStop);
        manager.addWorkSource("look", throwsOnLook);
        manager.addWorkSource("rubbish", rubbish);
        manager.addShutdownJob("flush", context -> events.add("flushed"));

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(events).containsExactly("flushed");
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.FAILED);
        assertThat(throwsOnStop.asked.getCount()).isZero();
        assertThat(resultOf("stop", report).failure()).isSameAs(failure);
        assertThat(resultOf("look", report).failure()).isSameAs(failure);
        assertThat(resultOf("rubbish", report).failure())
                .hasMessage("The work source says that -1 pieces of work are under way");
    }

    @Test
    @DisplayName("C23: what the log says of a source that fails calls it a work source")
    void logOfBrokenSource() throws Exception {
        RecordingLog log = new RecordingLog();
        GracefulManager logged =
                GracefulManager.builder().signals(false).logger(log.logger()).build();
        logged.addWorkSource("queue", new Source() {
            @Override
            public void stopTaking() {
                throw new IllegalStateException("no connection");
            }
        });

        Waiting.forResult(logged.shutdown(REASON));

        assertThat(log.events())
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains("Work source 'queue' failed")
                .doesNotContain("Job 'queue' failed");
    }

    @Test
    @DisplayName("S21: while it is waited for, a source is shown among the jobs, with how much is under way")
    void progressShowsSources() throws Exception {
        Source source = new Source();
        source.underWay.set(7);
        manager.addWorkSource("queue", source);
        assertThat(manager.jobs()).singleElement().satisfies(WorkSourceTests::isWaiting);
        assertThat(manager.jobCount(JobKind.SOURCE, JobState.WAITING)).isOne();

        CompletableFuture<ShutdownReport> done = manager.shutdown(REASON).toCompletableFuture();
        Waiting.until(() -> threadOf(manager.progress()).endsWith("queue, 7 under way"));

        assertThat(manager.jobCount(JobKind.SOURCE, JobState.STOPPING)).isOne();
        source.underWay.set(0);
        Waiting.forResult(done);
        assertThat(manager.jobCount(JobKind.SOURCE, JobState.ENDED)).isOne();
    }

    private static void isWaiting(JobSnapshot source) {
        assertThat(source.job()).isEqualTo("queue");
        assertThat(source.kind()).isEqualTo(JobKind.SOURCE);
        assertThat(source.state()).isEqualTo(JobState.WAITING);
    }

    private static String threadOf(@Nullable ShutdownProgress progress) {
        if (progress == null || progress.jobs().isEmpty()) {
            return "";
        }
        var where = progress.jobs().get(0).where();
        return where == null ? "" : where.name();
    }

    @Test
    @DisplayName("C25: a source that is forgotten is asked nothing, its name is free, and nothing of it is kept")
    void forgottenSourceIsGone() throws Exception {
        WeakReference<Source> forgotten = addAndForget();
        manager.addWorkSource("queue", new Source());

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.jobs()).hasSize(1);
        Waiting.until(() -> {
            System.gc();
            return forgotten.refersTo(null);
        });
    }

    private WeakReference<Source> addAndForget() {
        Source source = new Source() {
            @Override
            public void stopTaking() {
                throw new AssertionError("forgotten");
            }
        };
        Registration registration = manager.addWorkSource("queue", source);
        assertThat(registration.forget()).isTrue();
        assertThat(registration.forget()).isFalse();
        return new WeakReference<>(source);
    }

    @Test
    @DisplayName("C13: a source whose name is taken, or that comes too late, is refused")
    void wrongSourcesAreRefused() throws Exception {
        manager.addWorkSource("queue", new Source());

        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> manager.addWorkSource("queue", new Source()))
                .withMessageStartingWith(
                        "Can't register work source 'queue': a work source of that name is registered");
        Waiting.forResult(manager.shutdown(REASON));
        assertThatIllegalStateException()
                .isThrownBy(() -> manager.addWorkSource("late", new Source()))
                .withMessageStartingWith("Can't register work source 'late': shutdown began");
    }

    @Test
    @DisplayName("C26: a source is no job that could still end")
    void sourceDoesNotCountAsJob() throws Exception {
        GracefulManager ending = GracefulManager.builder()
                .signals(false)
                .autoStart(false)
                .shutDownWhenJobsEnd(true)
                .build();
        ending.addWorkSource("queue", new Source());
        ending.addRunningJob("run", context -> {});

        ending.start();

        assertThat(Waiting.forResult(ending.done()).reason().kind()).isEqualTo(ShutdownReason.Kind.JOBS_ENDED);
    }

    @Test
    @DisplayName("C16: a source has no thread before the shutdown, and none when it is over")
    void sourceHasNoThreadOfItsOwn() throws Exception {
        manager.addWorkSource("threadless", new Source());

        assertThat(threadsOf("threadless")).isEmpty();
        Waiting.forResult(manager.shutdown(REASON));
        Waiting.until(() -> threadsOf("threadless").isEmpty());
    }

    private static List<String> threadsOf(String source) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains(source))
                .toList();
    }

    private static JobResult resultOf(String source, ShutdownReport report) {
        return report.jobs().stream()
                .filter(job -> job.job().equals(source))
                .findFirst()
                .orElseThrow();
    }
}
