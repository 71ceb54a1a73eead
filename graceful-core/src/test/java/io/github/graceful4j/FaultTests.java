package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.internal.jvm.Threads;
import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.RecordedError.Source;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spi.PhaseControl;
import io.github.graceful4j.time.ManualTicker;
import io.github.graceful4j.time.SkippingTicker;
import io.github.graceful4j.time.Ticker;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong around a manager, or inside it, and how it ends nevertheless. */
@Timeout(60)
class FaultTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");
    private static final Duration NET = Duration.ofSeconds(30);
    private static final Threads NO_THREADS = (name, work) -> {
        throw new OutOfMemoryError("unable to create native thread");
    };

    private final SkippingTicker ticker = new SkippingTicker(Duration.ofMillis(250));

    private GracefulManagerBuilder builder() {
        return inRealTime().ticker(ticker);
    }

    /** For jobs that are to end, however long they have to wait for their turn. */
    private static GracefulManagerBuilder inRealTime() {
        return GracefulManager.builder().signals(false);
    }

    @Test
    @DisplayName("C23: shutdown jobs that can't get a thread of their own run nevertheless, in their order")
    void shutdownJobsWithoutThreadsRun() throws Exception {
        GracefulManager manager =
                inRealTime().threads(NO_THREADS, Threads.lasting()).build();
        List<String> ran = new CopyOnWriteArrayList<>();
        manager.addShutdownJob("flush", context -> ran.add("flush"));
        manager.addShutdownJob(
                "close",
                context -> ran.add("close"),
                ShutdownJobOptions.defaults().withAfter("flush"));

        manager.shutdown(REASON);
        ShutdownReport report = manager.awaitDone(NET);

        assertThat(ran).containsExactly("flush", "close");
        assertThat(report.jobs()).extracting(JobResult::outcome).containsOnly(JobOutcome.COMPLETED);
    }

    @Test
    @DisplayName("C23: a shutdown job that hangs on the last thread there is does not hold up the shutdown")
    void hangingShutdownJobWithoutThreads() throws Exception {
        GracefulManager manager =
                builder().threads(NO_THREADS, Threads.lasting()).build();
        StubbornJob hang = new StubbornJob();
        AtomicBoolean ranLate = new AtomicBoolean();
        manager.addShutdownJob("hang", hang);
        manager.addShutdownJob("next", context -> ranLate.set(true));

        manager.shutdown(REASON);
        ShutdownReport report = manager.awaitDone(NET);

        assertThat(report.jobs()).extracting(JobResult::outcome).containsOnly(JobOutcome.TIMED_OUT);
        hang.end();
        assertThat(ranLate).isFalse();
    }

    @Test
    @DisplayName("C23: where there is no thread at all, a shutdown is done by whoever asks for it")
    void shutdownWithoutAnyThread() throws Exception {
        GracefulManager manager = inRealTime().threads(NO_THREADS, NO_THREADS).build();
        AtomicBoolean closed = new AtomicBoolean();
        manager.addShutdownJob("close", context -> closed.set(true));

        manager.shutdown(REASON);

        assertThat(manager.awaitDone(NET).reason()).isEqualTo(REASON);
        assertThat(closed).isTrue();
    }

    @Test
    @DisplayName("C12: a running job that there was no thread for is started again as its policy says")
    void runningJobWithoutThreadIsRetried() throws Exception {
        AtomicInteger refused = new AtomicInteger(3);
        GracefulManager manager = builder()
                .threads(
                        (name, work) -> {
                            if (refused.getAndDecrement() > 0) {
                                throw new OutOfMemoryError("unable to create native thread");
                            }
                            return Threads.platform().newThread(name, work);
                        },
                        Threads.lasting())
                .build();
        CompletableFuture<String> ran = new CompletableFuture<>();

        manager.addRunningJob(
                "work",
                context -> {
                    ran.complete(context.name());
                    context.awaitCancellation();
                },
                RunningJobOptions.defaults()
                        .withFailurePolicy(
                                FailurePolicy.restart().withDelay(Duration.ofMillis(1), Duration.ofMillis(2))));

        assertThat(Waiting.forResult(ran)).isEqualTo("work");
        assertThat(manager.jobs().get(0).restarts()).isEqualTo(3);
        manager.close();
    }

    @Test
    @DisplayName("C23: of very many late jobs, a hundred are asked where they are, and the report says so")
    void fewStacksOfManyLateJobs() throws Exception {
        ManualTicker time = new ManualTicker();
        GracefulManager manager = builder().ticker(time).build();
        CountDownLatch running = new CountDownLatch(250);
        IntStream.range(0, 250)
                .forEach(i -> manager.addRunningJob("late-" + i, context -> {
                    running.countDown();
                    new CountDownLatch(1).await();
                }));
        Waiting.forLatch(running);

        manager.shutdown(REASON);
        Waiting.until(() -> manager.jobCount(JobKind.RUNNING, JobState.STOPPING) == 250);
        // They are interrupted, and have as long to end as they need.
        time.advance(Duration.ofMillis(24_500));
        ShutdownReport report = manager.awaitDone(NET);

        assertThat(report.jobs()).extracting(JobResult::outcome).containsOnly(JobOutcome.INTERRUPTED);
        assertThat(report.jobs()).filteredOn(job -> job.stuck() != null).hasSize(100);
        assertThat(report.toText()).contains("150");
        assertThat(report.stacksNotTaken()).isEqualTo(150);
    }

    @Tag("rounds")
    @Test
    @DisplayName("C25: a listener that blocks for ever misses events, instead of having them kept for ever")
    void queueOfBlockedListenerIsBounded() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        GracefulManager manager = builder()
                .listener(new ShutdownListener() {
                    @Override
                    public void jobBegan(String job, JobKind kind) {
                        try {
                            over.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                })
                .build();
        for (int i = 0; i < 6_000; i++) {
            Registration registration = manager.addRunningJob("job", context -> {});
            Waiting.forResult(registration.ended());
            assertThat(registration.forget()).isTrue();
        }

        manager.shutdown(REASON);
        manager.awaitDone(NET);
        over.countDown();

        assertThat(manager.errors())
                .anyMatch(error -> error.source() == Source.LISTENER
                        && error.thrown() instanceof RejectedExecutionException
                        && String.valueOf(error.thrown().getMessage()).contains("missed"));
    }

    @Tag("rounds")
    @Test
    @DisplayName("C8: callbacks of a shutdown job whose time is up are not interrupted as they begin")
    void callbacksOfTimedOutJobAreNotInterrupted() throws Exception {
        for (int round = 0; round < 20; round++) {
            GracefulManager manager = builder().build();
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            CountDownLatch never = new CountDownLatch(1);
            manager.addShutdownJob("hang", context -> {
                context.onCancel(() -> {
                    CompletableFuture<String> pause = new CompletableFuture<>();
                    try {
                        pause.get(5, java.util.concurrent.TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        interrupted.complete(true);
                    } catch (Exception e) {
                        interrupted.complete(false);
                    }
                });
                never.await();
            });

            manager.shutdown(REASON);
            manager.awaitDone(NET);

            assertThat(Waiting.forResult(interrupted)).isFalse();
        }
    }

    @Test
    @DisplayName("C4: a pause of several phases stops them one after the other, highest first")
    void pauseGoesPhaseByPhase() throws Exception {
        GracefulManager manager = builder().build();
        ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
        CountDownLatch running = new CountDownLatch(2);
        manager.addRunningJob(
                "database",
                job("database", events, running),
                RunningJobOptions.defaults().withPhase(0));
        manager.addRunningJob(
                "http",
                job("http", events, running),
                RunningJobOptions.defaults().withPhase(10));
        Waiting.forLatch(running);

        Waiting.forResult(manager.phaseControl().pause(0));

        assertThat(events).containsExactly("http cancelled", "http ended", "database cancelled", "database ended");
        manager.close();
    }

    private static Job job(String name, ConcurrentLinkedQueue<String> events, CountDownLatch running) {
        return context -> {
            running.countDown();
            context.awaitCancellation();
            events.add(name + " cancelled");
            events.add(name + " ended");
        };
    }

    @Tag("rounds")
    @Test
    @DisplayName("C2: a pause beside starts by name of a job that ends by itself stops and throws nothing wrong")
    void pauseBesideStartByName() throws Exception {
        ConcurrentLinkedQueue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        GracefulManager manager = GracefulManager.builder()
                .signals(false)
                .threads(Threads.platform(), (name, work) -> {
                    Thread thread = Threads.lasting().newThread(name, work);
                    thread.setUncaughtExceptionHandler((where, thrown) -> uncaught.add(thrown));
                    return thread;
                })
                .build();
        manager.addRunningJob("short", context -> Thread.onSpinWait());
        AtomicBoolean over = new AtomicBoolean();
        Thread starting = new Thread(() -> {
            while (!over.get()) {
                manager.jobControl().start("short");
            }
        });
        starting.start();

        PhaseControl control = manager.phaseControl();
        for (int round = 0; round < 200; round++) {
            Waiting.forResult(control.pause(0));
            control.start(0);
        }
        over.set(true);
        starting.join();

        assertThat(uncaught).isEmpty();
        assertThat(manager.errors()).isEmpty();
        manager.close();
    }

    @Test
    @DisplayName("C14: a wait of hugely negative time only looks")
    void hugelyNegativeWait() {
        GracefulManager manager = builder().build();

        assertThatThrownBy(() -> manager.awaitDone(Duration.ofSeconds(Long.MIN_VALUE)))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        manager.close();
    }

    @Tag("rounds")
    @Test
    @DisplayName("C25: neither managers that ended nor threads that waited are kept by those that go on")
    void nothingIsKeptOfThoseThatEnded() throws Exception {
        GracefulManager parent = GracefulManager.builder().signals(false).build();
        List<WeakReference<Object>> gone = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            gone.add(new WeakReference<>(closedChildOf(parent.shutdownContext())));
            Thread waiter = new Thread(() -> {
                try {
                    parent.awaitDone(Duration.ZERO);
                } catch (Exception e) {
                    // It only looks.
                }
            });
            waiter.start();
            waiter.join();
            gone.add(new WeakReference<>(waiter));
        }

        Waiting.until(() -> {
            System.gc();
            return gone.stream().filter(reference -> reference.get() != null).count() <= 2;
        });
        parent.close();
    }

    private static GracefulManager closedChildOf(JobContext parent) {
        GracefulManager child =
                GracefulManager.builder().signals(false).parent(parent).build();
        child.close();
        return child;
    }

    @Test
    @DisplayName("C23: a listener hears on a thread that pins no class loader but its own")
    void listenerThreadHasTheListenersClassLoader() throws Exception {
        CompletableFuture<ClassLoader> seen = new CompletableFuture<>();
        Thread first = new Thread(() -> {
            GracefulManager manager = builder()
                    .listener(new ShutdownListener() {
                        @Override
                        public void shutdownBegan(ShutdownReason reason, Duration gracePeriod) {
                            seen.complete(Thread.currentThread().getContextClassLoader());
                        }
                    })
                    .build();
            manager.close();
        });
        first.setContextClassLoader(new ClassLoader() {});
        first.start();

        assertThat(Waiting.forResult(seen)).isSameAs(FaultTests.class.getClassLoader());
        first.join();
    }

    @Test
    @DisplayName("C23: a framework that neither stops the phases nor returns does not keep the shutdown open")
    void silentFramework() throws Exception {
        GracefulManager manager = builder().delegate(reason -> {}).build();
        AtomicBoolean closed = new AtomicBoolean();
        manager.addShutdownJob("close", context -> closed.set(true));

        manager.shutdown(REASON);
        ShutdownReport report = manager.awaitDone(NET);

        assertThat(closed).isTrue();
        assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(27));
    }

    @Test
    @DisplayName("C23: a phase that can't be stopped at all is recorded, and the others have their turn")
    void phaseThatCannotBeStopped() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        Ticker failing = new Ticker() {
            @Override
            public long read() {
                if (fails.get() && Thread.currentThread().getName().equals("graceful-shutdown")) {
                    fails.set(false);
                    throw new StackOverflowError("test");
                }
                return ticker.read();
            }

            @Override
            public void parkUntil(Object blocker, long tick) {
                ticker.parkUntil(blocker, tick);
            }
        };
        GracefulManager manager = builder().ticker(failing).build();
        AtomicBoolean closed = new AtomicBoolean();
        manager.addShutdownJob(
                "early", context -> {}, ShutdownJobOptions.defaults().withPhase(1));
        manager.addShutdownJob("close", context -> closed.set(true));
        fails.set(true);

        manager.shutdown(REASON);
        ShutdownReport report = manager.awaitDone(NET);

        assertThat(closed).isTrue();
        assertThat(manager.errors()).anyMatch(error -> error.source() == Source.SHUTDOWN);
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.FAILED);
    }

    @ParameterizedTest
    @EnumSource(JobKind.class)
    @DisplayName("C23: a ticker that fails as a job ends does not keep it from its end")
    void tickerThatFailsAsJobsEnd(JobKind kind) throws Exception {
        Ticker system = Ticker.system();
        Ticker failing = new Ticker() {
            @Override
            public long read() {
                if (Thread.currentThread().getName().equals("graceful-job-ends")) {
                    throw new IllegalStateException("no battery");
                }
                return system.read();
            }

            @Override
            public void parkUntil(Object blocker, long tick) {
                system.parkUntil(blocker, tick);
            }
        };
        GracefulManager manager = inRealTime().ticker(failing).build();
        if (kind == JobKind.RUNNING) {
            manager.addRunningJob("ends", JobContext::awaitCancellation);
        } else {
            manager.addShutdownJob("ends", context -> {});
        }

        manager.shutdown(REASON);
        ShutdownReport report = manager.awaitDone(NET);

        assertThat(report.jobs()).extracting(JobResult::outcome).containsExactly(JobOutcome.COMPLETED);
        assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
    }

    @Test
    @DisplayName("C25: when the end of a forgotten job is told, its name is free")
    void nameIsFreeWhenTheEndIsTold() throws Exception {
        GracefulManager manager = builder().build();
        for (int round = 0; round < 100; round++) {
            String name = "work-" + round;
            Registration registration = manager.addRunningJob(name, JobContext::awaitCancellation);
            CompletionStage<Registration> again =
                    registration.ended().thenApply(result -> manager.addRunningJob(name, context -> {}));

            registration.forget();

            assertThat(Waiting.forResult(again).forget()).isTrue();
        }
        manager.close();
    }

    @Test
    @DisplayName("C25: the end of a job that there never was a thread for is told when the shutdown passes it over")
    void endOfJobWithoutThreadIsTold() throws Exception {
        GracefulManager manager =
                builder().threads(NO_THREADS, Threads.lasting()).build();
        Registration registration = manager.addRunningJob(
                "work",
                context -> {},
                RunningJobOptions.defaults()
                        .withFailurePolicy(FailurePolicy.restart().withDelay(Duration.ofDays(1), Duration.ofDays(1))));
        CompletionStage<JobResult> end = registration.ended();

        manager.close();

        assertThat(Waiting.forResult(end).outcome()).isEqualTo(JobOutcome.FAILED);
    }

    @Test
    @DisplayName("C25: stages that were cancelled are not kept, however many they are")
    void cancelledStagesAreNotKept() {
        GracefulManager manager = builder().build();
        List<WeakReference<Object>> gone = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            CompletableFuture<ShutdownReport> stage = manager.done().toCompletableFuture();
            stage.cancel(true);
            gone.add(new WeakReference<>(stage));
        }

        Waiting.until(() -> {
            System.gc();
            return gone.stream().filter(reference -> reference.get() != null).count() < 50;
        });
        manager.close();
    }

    @Test
    @DisplayName("C23: a clock that fails does not keep a shutdown from its beginning")
    void clockThatFails() throws Exception {
        Clock failing = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                throw new IllegalStateException("no battery");
            }
        };
        GracefulManager manager = builder().clock(failing).build();

        manager.shutdown(REASON);

        assertThat(manager.awaitDone(NET).reason()).isEqualTo(REASON);
        assertThat(manager.errors()).anyMatch(error -> error.name().equals("clock"));
    }

    @Test
    @DisplayName("C25: a shutdown job has the context class loader of who registered it, whoever shuts down")
    void shutdownJobHasTheLoaderOfWhoRegisteredIt() throws Exception {
        GracefulManager manager = builder().build();
        ClassLoader application = new ClassLoader() {};
        CompletableFuture<ClassLoader> seen = new CompletableFuture<>();
        Thread registering = new Thread(() -> manager.addShutdownJob(
                "close", context -> seen.complete(Thread.currentThread().getContextClassLoader())));
        registering.setContextClassLoader(application);
        registering.start();
        registering.join();

        manager.close();

        assertThat(Waiting.forResult(seen)).isSameAs(application);
    }
}
