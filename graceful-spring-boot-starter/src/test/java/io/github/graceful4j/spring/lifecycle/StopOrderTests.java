package io.github.graceful4j.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;

/** What the close of a context waits for, in which order, and for how long. */
@Timeout(120)
class StopOrderTests {

    private final List<String> events = Collections.synchronizedList(new ArrayList<>());

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class, GracefulAutoConfiguration.class))
            .withBean("database", Database.class, () -> new Database(events));

    @Test
    @DisplayName("S11: trap 1: a lifecycle bean that injects the manager changes no order")
    void injectingTheManagerChangesNoOrder() {
        Slow job = new Slow(events);

        contextRunner
                .withBean("job", Slow.class, () -> job)
                .withBean("injecting", Injecting.class)
                .run(context -> {
                    CompletableFuture<Void> closed = close(context);
                    job.cancelled.await();
                    assertThat(events).containsExactly("job cancelled");
                    job.mayEnd.countDown();
                    closed.join();
                });

        assertThat(events)
                .containsExactly("job cancelled", "job ended", "flushed", "injecting stopped", "database closed");
    }

    @Test
    @DisplayName("S5: trap 1: other beans of a job's phase wait for nothing, and beans of lower phases for the jobs")
    void phasesKeepTheirOrder() {
        Slow job = new Slow(events);

        contextRunner
                .withBean("job", Slow.class, () -> job)
                .withBean("http", Recording.class, () -> new Recording(events, "http", Integer.MAX_VALUE - 1024))
                .withBean("executor", Recording.class, () -> new Recording(events, "executor", Integer.MAX_VALUE / 2))
                .withBean("connections", Recording.class, () -> new Recording(events, "connections", 0))
                .run(context -> {
                    CompletableFuture<Void> closed = close(context);
                    job.cancelled.await();
                    job.mayEnd.countDown();
                    closed.join();
                });

        assertThat(events)
                .containsExactly(
                        "http stopped",
                        "job cancelled",
                        "job ended",
                        "executor stopped",
                        "flushed",
                        "connections stopped",
                        "database closed");
    }

    @Test
    @DisplayName("S5: trap 2: stopping a phase never blocks Spring, and calls back once, when its jobs have ended")
    void stopDoesNotBlockAndCallsBackOnce() {
        Slow job = new Slow(events);

        contextRunner
                .withBean("job", Slow.class, () -> job)
                .withBean("failing", Failing.class)
                .run(context -> {
                    SmartLifecycle lifecycle =
                            context.getBean("gracefulRunningJobs." + (Integer.MAX_VALUE - 1280), SmartLifecycle.class);
                    List<String> callbacks = Collections.synchronizedList(new ArrayList<>());
                    CountDownLatch calledBack = new CountDownLatch(1);

                    lifecycle.stop(() -> {
                        callbacks.add("called back");
                        calledBack.countDown();
                    });

                    job.cancelled.await();
                    assertThat(callbacks).isEmpty();
                    job.mayEnd.countDown();
                    calledBack.await();
                    assertThat(events).contains("job ended");
                    assertThat(callbacks).hasSize(1);
                });
    }

    @Test
    @DisplayName("S7: trap 2: a job that fails beside a slow one does not cut it short")
    void failingJobDoesNotCutItsSiblingShort() {
        Slow job = new Slow(events);

        contextRunner
                .withBean("job", Slow.class, () -> job)
                .withBean("failing", Failing.class)
                .run(context -> {
                    GracefulManager manager = context.getBean(GracefulManager.class);
                    CompletableFuture<Void> closed = close(context);
                    job.cancelled.await();
                    job.mayEnd.countDown();
                    closed.join();

                    assertThat(outcomes(manager))
                            .containsExactlyInAnyOrder(
                                    JobOutcome.COMPLETED, JobOutcome.COMPLETED, JobOutcome.FAILED, JobOutcome.FAILED);
                });

        assertThat(events).containsSubsequence("job ended", "flushed", "database closed");
    }

    @Test
    @DisplayName("S7: trap 3: Spring's own timeout per phase does not cut a job short")
    void shorterTimeoutPerPhaseDoesNotCutJobsShort() {
        contextRunner
                .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=50ms", "graceful.grace-period=60s")
                .withBean("job", Lasting.class, () -> new Lasting(events, Duration.ofMillis(600)))
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(events).containsExactly("job ended", "flush ended", "database closed");
    }

    @Test
    @DisplayName("S7: trap 3: three other phases that hang fit into the grace period together")
    void hangingPhasesFitIntoTheGracePeriod() {
        contextRunner
                .withPropertyValues("graceful.grace-period=6s")
                .withBean("job", Lasting.class, () -> new Lasting(events, Duration.ofMillis(1)))
                .withBean("hanging1", Hanging.class, () -> new Hanging(Integer.MAX_VALUE))
                .withBean("hanging2", Hanging.class, () -> new Hanging(1000))
                .withBean("hanging3", Hanging.class, () -> new Hanging(0))
                .run(context -> {
                    GracefulManager manager = context.getBean(GracefulManager.class);
                    long began = System.nanoTime();

                    context.getSourceApplicationContext().close();

                    // Spring alone waits 30 s for each.
                    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(25));
                    assertThat(outcomes(manager)).containsOnly(JobOutcome.COMPLETED);
                });

        assertThat(events).containsExactly("job ended", "flush ended", "database closed");
    }

    @Test
    @DisplayName("C7: a manager that is asked to shut down closes the application context")
    void shutdownClosesTheContext() {
        contextRunner
                .withBean("job", Lasting.class, () -> new Lasting(events, Duration.ofMillis(1)))
                .run(context -> {
                    GracefulManager manager = context.getBean(GracefulManager.class);

                    manager.shutdown(ShutdownReason.requested("the last order is done"));
                    ShutdownReport report = manager.awaitDone();

                    assertThat(report.reason().description()).isEqualTo("the last order is done");
                    assertThat(context.getSourceApplicationContext().isClosed()).isTrue();
                });
    }

    private static CompletableFuture<Void> close(AssertableApplicationContext context) {
        return CompletableFuture.runAsync(
                () -> context.getSourceApplicationContext().close(), command -> new Thread(command, "closer").start());
    }

    private static List<JobOutcome> outcomes(GracefulManager manager) {
        return manager.jobs().stream().map(JobSnapshot::outcome).toList();
    }

    record Database(List<String> events) implements DisposableBean {

        @Override
        public void destroy() {
            events.add("database closed");
        }
    }

    static class Slow {

        private final List<String> events;
        private final CountDownLatch cancelled = new CountDownLatch(1);
        private final CountDownLatch mayEnd = new CountDownLatch(1);

        Slow(List<String> events) {
            this.events = events;
        }

        @RunningJob
        void run(JobContext context) throws InterruptedException {
            context.awaitCancellation();
            events.add("job cancelled");
            cancelled.countDown();
            mayEnd.await();
            events.add("job ended");
        }

        @ShutdownJob
        void flush() {
            events.add("flushed");
        }
    }

    /** Takes a while after it was told to end; real time, since Spring's own timeouts are. */
    record Lasting(List<String> events, Duration pause) {

        @RunningJob
        void run(JobContext context) throws InterruptedException {
            context.awaitCancellation();
            Thread.sleep(pause.toMillis());
            events.add("job ended");
        }

        @ShutdownJob
        void flush() throws InterruptedException {
            Thread.sleep(pause.toMillis());
            events.add("flush ended");
        }
    }

    static class Failing {

        @RunningJob
        void fail(JobContext context) throws InterruptedException {
            context.awaitCancellation();
            throw new IllegalStateException("fails when cancelled");
        }

        @ShutdownJob
        void failToo() {
            throw new AssertionError("fails while shutting down");
        }
    }

    static class Recording implements SmartLifecycle {

        private final List<String> events;
        private final String name;
        private final int phase;
        private volatile boolean running;

        Recording(List<String> events, String name, int phase) {
            this.events = events;
            this.name = name;
            this.phase = phase;
        }

        @Override
        public int getPhase() {
            return phase;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            events.add(name + " stopped");
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    static class Injecting extends Recording {

        Injecting(GracefulManager manager, Database database) {
            super(database.events(), "injecting", 0);
            assertThat(manager.jobs()).isNotNull();
        }
    }

    static class Hanging extends Recording {

        Hanging(int phase) {
            super(new ArrayList<>(), "hanging", phase);
        }

        @Override
        public void stop(Runnable callback) {
            // Never calls back.
        }
    }
}
