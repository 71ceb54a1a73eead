package io.github.graceful4j.spring.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.FailurePolicy.Action;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spring.Restart;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import io.github.graceful4j.spring.failure.MisconfigurationException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@Timeout(60)
class FailurePolicyTests {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(PropertyPlaceholderAutoConfiguration.class, GracefulAutoConfiguration.class));

    @Test
    @DisplayName("S2: a job that fails with onFailure = SHUT_DOWN closes the application")
    void failureShutsDown() {
        contextRunner.withBean("jobs", ShuttingDown.class).run(context -> {
            GracefulManager manager = context.getBean(GracefulManager.class);

            ShutdownReport report = manager.awaitDone();

            assertThat(report.reason().kind()).isEqualTo(ShutdownReason.Kind.JOB_FAILED);
            assertThat(report.reason().description()).isEqualTo("job 'jobs.fail' failed");
            assertThat(context.getSourceApplicationContext().isClosed()).isTrue();
        });
    }

    @Test
    @DisplayName("S2: a job that fails with onFailure = RESTART is started again")
    void failureRestarts() {
        Restarting jobs = new Restarting();

        contextRunner
                .withPropertyValues("restart.delay=1ms")
                .withBean("jobs", Restarting.class, () -> jobs)
                .run(context -> {
                    assertThat(jobs.attempts.take()).isEqualTo(1);
                    assertThat(jobs.attempts.take()).isEqualTo(2);
                    assertThat(jobs.attempts.take()).isEqualTo(3);
                    assertThat(context.getBean(GracefulManager.class).jobs())
                            .singleElement()
                            .satisfies(job -> assertThat(job.restarts()).isEqualTo(2));
                });
    }

    @Test
    @DisplayName("S2: a job that has used up its restarts closes the application with thenShutDown")
    void noRestartLeftShutsDown() {
        Limited jobs = new Limited();

        contextRunner
                .withPropertyValues("restart.within=1h")
                .withBean("jobs", Limited.class, () -> jobs)
                .run(context -> {
                    ShutdownReport report =
                            context.getBean(GracefulManager.class).awaitDone();

                    assertThat(report.reason().description()).isEqualTo("job 'jobs.run' failed");
                    assertThat(jobs.attempts).containsExactly(1, 2);
                });
    }

    @Test
    @DisplayName("S2: restarts that are further back than 'within' no longer count")
    void onlyRestartsWithinCount() {
        Limited jobs = new Limited();

        // restarts are half a millisecond apart at least
        contextRunner
                .withPropertyValues("restart.within=1us")
                .withBean("jobs", Limited.class, () -> jobs)
                .run(context -> {
                    for (int attempt = 1; attempt <= Limited.FAILURES + 1; attempt++) {
                        assertThat(jobs.attempts.take()).isEqualTo(attempt);
                    }
                    assertThat(context.getBean(GracefulManager.class).requestedShutdown())
                            .isNull();
                });
    }

    @Test
    @DisplayName("S2: a restart with delays that do not fit fails the start")
    void wrongDelaysFailTheStart() {
        contextRunner
                .withPropertyValues("restart.delay=2m")
                .withBean("jobs", Restarting.class, Restarting::new)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(MisconfigurationException.class)
                        .hasMessageContaining("Restarting.run(JobContext)")
                        .hasMessageContaining("PT2M"));
    }

    static class ShuttingDown {

        @RunningJob(onFailure = Action.SHUT_DOWN)
        void fail() {
            throw new IllegalStateException("broken");
        }
    }

    static class Limited {

        static final int FAILURES = 5;

        private final BlockingQueue<Integer> attempts = new LinkedBlockingQueue<>();
        private final AtomicInteger count = new AtomicInteger();

        @RunningJob(
                onFailure = Action.RESTART,
                restart =
                        @Restart(
                                delay = "1ms",
                                maxDelay = "2ms",
                                maxRestarts = "1",
                                within = "${restart.within}",
                                thenShutDown = true))
        void run(JobContext context) throws InterruptedException {
            int attempt = count.incrementAndGet();
            attempts.add(attempt);
            if (attempt <= FAILURES) {
                throw new IllegalStateException("broken");
            }
            context.awaitCancellation();
        }
    }

    static class Restarting {

        private final BlockingQueue<Integer> attempts = new LinkedBlockingQueue<>();
        private final AtomicInteger count = new AtomicInteger();

        @RunningJob(
                onFailure = Action.RESTART,
                restart = @Restart(delay = "${restart.delay}", maxRestarts = "2", thenShutDown = true))
        void run(JobContext context) throws InterruptedException {
            attempts.add(count.incrementAndGet());
            if (count.get() < 3) {
                throw new IllegalStateException("broken");
            }
            context.awaitCancellation();
        }
    }
}
