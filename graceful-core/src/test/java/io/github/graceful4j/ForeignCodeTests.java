package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.report.RecordedError.Source;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.SkippingTicker;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Walks all points at which foreign code is called, times what it may do there, on either kind of job. Time stands
 * still, and is skipped when somebody waits for it, so that what a shutdown took is told exactly.
 */
@Timeout(60)
class ForeignCodeTests {

    private static final Duration GRACE_PERIOD = Duration.ofSeconds(10);

    /** What shutdown jobs get even when nothing is left, and listeners and the log, twice. */
    private static final Duration FLOORS = Duration.ofMillis(2 * 500 + 2 * 100);

    enum Misbehaviour {
        BLOCKS {
            @Override
            void happen(CountDownLatch over) {
                awaitStubbornly(over);
            }
        },
        BLOCKS_THEN_THROWS {
            @Override
            void happen(CountDownLatch over) {
                awaitStubbornly(over);
                throw new IllegalStateException("late");
            }
        },
        THROWS {
            @Override
            void happen(CountDownLatch over) {
                throw new IllegalStateException("foreign");
            }
        },
        THROWS_AN_ERROR {
            @Override
            void happen(CountDownLatch over) {
                throw new OutOfMemoryError("foreign");
            }
        },
        THROWS_WHAT_CANNOT_BE_TOLD {
            @Override
            void happen(CountDownLatch over) {
                throw new ForeignCode.ForeignThrowable(() -> {
                    throw new StackOverflowError();
                });
            }
        },
        INTERRUPTS {
            @Override
            void happen(CountDownLatch over) {
                Thread.currentThread().interrupt();
            }
        };

        abstract void happen(CountDownLatch over);

        private static void awaitStubbornly(CountDownLatch over) {
            while (over.getCount() > 0) {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    // That is what it is about.
                }
            }
        }
    }

    private final SkippingTicker ticker = new SkippingTicker(Duration.ofMillis(25));

    static Stream<Arguments> all() {
        return Arrays.stream(ForeignCode.values())
                .flatMap(point -> Arrays.stream(Misbehaviour.values())
                        .flatMap(what -> Arrays.stream(JobKind.values()).map(kind -> Arguments.of(point, what, kind))));
    }

    @ParameterizedTest(name = "{0} {1}, with a {2} job")
    @MethodSource("all")
    @DisplayName("C23: whatever foreign code does, the shutdown ends in time and every shutdown job has its turn")
    void shutdownEndsInTime(ForeignCode point, Misbehaviour what, JobKind kind) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        ForeignCode.Setup setup = new ForeignCode.Setup(() -> what.happen(over), kind, ticker);
        GracefulManager manager = setup.build(point, GRACE_PERIOD);
        manager.addShutdownJob("close", context -> closed.countDown());

        Thread requesting = new Thread(() -> setup.request(manager));
        requesting.start();
        ShutdownReport report = manager.awaitDone(Duration.ofSeconds(30));
        over.countDown();
        requesting.join();

        assertThat(report.elapsed()).isLessThanOrEqualTo(GRACE_PERIOD.plus(FLOORS));
        // It has been started; where time is skipped, it can be given up before its thread has had a turn.
        Waiting.forLatch(closed);
        assertThat(manager.state()).isEqualTo(ManagerState.TERMINATED);
        if (point == ForeignCode.LOGGER && what != Misbehaviour.INTERRUPTS) {
            assertThat(manager.errors()).anyMatch(error -> error.source() == Source.LOG);
        }
        if (what.name().startsWith("BLOCKS")) {
            assertSaysWhatBlocked(point, report, manager);
        }
    }

    private static void assertSaysWhatBlocked(ForeignCode point, ShutdownReport report, GracefulManager manager) {
        switch (point) {
            case LOGGER, REASON -> assertThat(manager.errors()).anyMatch(error -> error.source() == Source.LOG);
            case LISTENER_SHUTDOWN_BEGAN,
                    LISTENER_PHASE_BEGAN,
                    LISTENER_JOB_BEGAN,
                    LISTENER_JOB_ENDED,
                    LISTENER_PHASE_ENDED,
                    LISTENER_SHUTDOWN_ENDED ->
                assertThat(manager.errors()).anyMatch(error -> error.source() == Source.LISTENER);
            case JOB, JOB_DECORATOR, CANCELLATION_CALLBACK ->
                assertThat(report.jobs())
                        .anyMatch(job -> job.outcome() == JobOutcome.ABANDONED
                                || job.outcome() == JobOutcome.TIMED_OUT
                                // It is a shutdown job whose callback is never called, as it ended in time.
                                || (point == ForeignCode.CANCELLATION_CALLBACK && job.kind() == JobKind.SHUTDOWN));
            case WORK_SOURCE_STOP_TAKING, WORK_SOURCE_UNDER_WAY, WORK_SOURCE_INTERRUPT ->
                assertThat(report.jobs())
                        .anyMatch(job -> job.kind() == JobKind.SOURCE && job.outcome() == JobOutcome.ABANDONED);
            default -> {
                // Nobody waits for these, so there is nothing that could not be done.
            }
        }
    }
}
