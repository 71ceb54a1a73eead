package io.github.graceful4j.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.test.util.ReflectionTestUtils;

/** Pause, stop, restart and failure of a context. */
@Timeout(60)
class TransitionsTests {

    private final Jobs jobs = new Jobs();

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class, GracefulAutoConfiguration.class))
            .withBean("jobs", Jobs.class, () -> jobs);

    @Test
    @DisplayName("S9: trap 4: running jobs restart uncancelled, and shutdown jobs run once, at close only")
    void shutdownJobsRunOnceThroughAllTransitions() {
        contextRunner.run(context -> {
            ConfigurableApplicationContext source = context.getSourceApplicationContext();
            assertThat(jobs.events.take()).isEqualTo("started uncancelled");
            awaitEnd("jobs.once", context.getBean(GracefulManager.class));

            source.pause();
            assertThat(jobs.events.take()).isEqualTo("cancelled");
            source.restart();
            assertThat(jobs.events.take()).isEqualTo("started uncancelled");
            source.stop();
            assertThat(jobs.events.take()).isEqualTo("cancelled");
            source.start();
            assertThat(jobs.events.take()).isEqualTo("started uncancelled");
            source.stop();
            assertThat(jobs.events.take()).isEqualTo("cancelled");
            assertThat(jobs.flushes).hasValue(0);

            source.close();
        });

        assertThat(jobs.flushes).hasValue(1);
        assertThat(jobs.oneShots).hasValue(1);
        assertThat(jobs.events).isEmpty();
    }

    /** A job that is paused before it has ended would be started again. */
    private static void awaitEnd(String job, GracefulManager manager) {
        while (manager.jobs().stream().noneMatch(each -> each.job().equals(job) && each.state() == JobState.ENDED)) {
            Thread.onSpinWait();
        }
    }

    /** What Spring's CRaC resource calls; only a JVM with CRaC calls that. */
    @Test
    @DisplayName("S9: a checkpoint stops running jobs, and a restore starts them, uncancelled")
    void checkpointAndRestore() {
        contextRunner.run(context -> {
            assertThat(jobs.events.take()).isEqualTo("started uncancelled");
            awaitEnd("jobs.once", context.getBean(GracefulManager.class));
            DefaultLifecycleProcessor processor = context.getBean(DefaultLifecycleProcessor.class);

            ReflectionTestUtils.invokeMethod(processor, "stopForRestart");
            assertThat(jobs.events.take()).isEqualTo("cancelled");
            assertThat(jobs.flushes).hasValue(0);
            ReflectionTestUtils.invokeMethod(processor, "restartAfterStop");

            assertThat(jobs.events.take()).isEqualTo("started uncancelled");
        });

        assertThat(jobs.flushes).hasValue(1);
        assertThat(jobs.oneShots).hasValue(1);
    }

    @Test
    @DisplayName("S9: a context that fails to start waits for the jobs that run before it destroys what they work with")
    void failedRefreshWaitsForJobs() {
        Ending job = new Ending();
        contextRunner
                .withBean("ending", Ending.class, () -> job)
                .withBean(FailingAtStart.class, () -> new FailingAtStart(jobs))
                .run(context -> assertThat(context).hasFailed());

        assertThat(job.events).containsExactly("ended", "destroyed");
    }

    /** Takes a moment to end. */
    static final class Ending implements DisposableBean {

        private final List<String> events = new CopyOnWriteArrayList<>();

        @RunningJob
        void work(JobContext context) throws InterruptedException {
            context.awaitCancellation();
            TimeUnit.MILLISECONDS.sleep(300); // real time: long enough to be overtaken
            events.add("ended");
        }

        @Override
        public void destroy() {
            events.add("destroyed");
        }
    }

    @Test
    @DisplayName("S9: a context that fails to start cancels the jobs that run, and runs no shutdown job")
    void failedRefreshRunsNoShutdownJob() {
        contextRunner
                .withBean(FailingAtStart.class, () -> new FailingAtStart(jobs))
                .run(context -> {
                    assertThat(context).hasFailed();

                    assertThat(jobs.events.take()).isEqualTo("started uncancelled");
                    assertThat(jobs.events.take()).isEqualTo("cancelled");
                    assertThat(jobs.flushes).hasValue(0);
                });
    }

    @Test
    @DisplayName("S9: the manager of a context that fails to start is terminated, too")
    void failedRefreshTerminatesTheManager() {
        CompletableFuture<ShutdownReport> ended = new CompletableFuture<>();
        ShutdownListener listener = new ShutdownListener() {
            @Override
            public void shutdownEnded(ShutdownReport report) {
                ended.complete(report);
            }
        };

        contextRunner
                .withBean(FailingAtStart.class, () -> new FailingAtStart(jobs))
                .withBean(ShutdownListener.class, () -> listener)
                .run(context -> assertThat(context).hasFailed());

        assertThat(ended.join().jobs()).extracting(JobResult::outcome).contains(JobOutcome.SKIPPED);
        assertThat(jobs.flushes).hasValue(0);
    }

    @Test
    @DisplayName("S10: a parent and a child context each own their jobs")
    void parentAndChildOwnTheirJobs() {
        Jobs childJobs = new Jobs();

        contextRunner.run(parent -> {
            contextRunner()
                    .withParent(parent)
                    .withBean("jobs", Jobs.class, () -> childJobs)
                    .run(child -> assertThat(childJobs.events.take()).isEqualTo("started uncancelled"));

            assertThat(childJobs.flushes).hasValue(1);
            assertThat(jobs.flushes).hasValue(0);
            assertThat(jobs.events.take()).isEqualTo("started uncancelled");
            assertThat(jobs.events).isEmpty();
        });

        assertThat(jobs.flushes).hasValue(1);
    }

    private static ApplicationContextRunner contextRunner() {
        return new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(LifecycleAutoConfiguration.class, GracefulAutoConfiguration.class));
    }

    @Test
    @DisplayName("C13: a job that is registered while the application runs starts, and is stopped in its phase")
    void jobsCanBeRegisteredLater() {
        contextRunner.run(context -> {
            GracefulManager manager = context.getBean(GracefulManager.class);
            BlockingQueue<String> late = new LinkedBlockingQueue<>();
            for (int phase : List.of(Integer.MAX_VALUE, 12345, Integer.MIN_VALUE)) {
                manager.addRunningJob(
                        "late " + phase,
                        job -> {
                            late.add("started");
                            job.awaitCancellation();
                            late.add("cancelled");
                        },
                        RunningJobOptions.defaults().withPhase(phase));
                assertThat(late.take()).isEqualTo("started");
            }

            context.getSourceApplicationContext().close();

            assertThat(late).containsExactly("cancelled", "cancelled", "cancelled");
        });
    }

    static class Jobs {

        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final CountDownLatch started = new CountDownLatch(1);
        private final AtomicInteger flushes = new AtomicInteger();
        private final AtomicInteger oneShots = new AtomicInteger();

        @RunningJob
        void work(JobContext context) throws InterruptedException {
            events.add(context.isCancelled() ? "started cancelled" : "started uncancelled");
            started.countDown();
            context.awaitCancellation();
            events.add("cancelled");
        }

        @RunningJob
        void once() {
            oneShots.incrementAndGet();
        }

        @ShutdownJob
        void flush() {
            flushes.incrementAndGet();
        }
    }

    /** Fails in a phase that starts after the jobs, and when these are at work. */
    record FailingAtStart(Jobs jobs) implements SmartLifecycle {

        @Override
        public void start() {
            try {
                jobs.started.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            throw new IllegalStateException("fails at start");
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }
}
