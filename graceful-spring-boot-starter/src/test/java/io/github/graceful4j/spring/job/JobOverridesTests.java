package io.github.graceful4j.spring.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.FailurePolicy.Action;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.spring.FailureReport;
import io.github.graceful4j.spring.Restart;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@Timeout(60)
class JobOverridesTests {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(GracefulAutoConfiguration.class, PropertyPlaceholderAutoConfiguration.class))
            .withBean("orders", Orders.class);

    static class Orders {

        private final AtomicInteger attempts = new AtomicInteger();
        private final CountDownLatch restarted = new CountDownLatch(2);

        @RunningJob
        void settle(JobContext context) throws InterruptedException {
            context.awaitCancellation();
        }

        @RunningJob(onFailure = Action.RESTART, restart = @Restart(delay = "30s"))
        void fail() {
            attempts.incrementAndGet();
            restarted.countDown();
            throw new IllegalStateException("no way on");
        }

        @ShutdownJob(phase = "7")
        void flush() {}
    }

    private FailureAnalysis failure(String... properties) {
        FailureAnalysis[] analysis = new FailureAnalysis[1];
        contextRunner
                .withPropertyValues(properties)
                .run(context -> analysis[0] = FailureReport.of(Objects.requireNonNull(context.getStartupFailure())));
        return analysis[0];
    }

    @Test
    @DisplayName("S24: phase, concurrency and whether a job is there can be set by property, with placeholders")
    void propertiesWin() {
        contextRunner
                .withPropertyValues(
                        "copies=2",
                        "graceful.jobs[orders.settle].concurrency=${copies}",
                        "graceful.jobs[orders.settle].phase=5",
                        "graceful.jobs[orders.fail].enabled=false",
                        "graceful.jobs[orders.flush].phase=9")
                .run(context -> assertThat(
                                context.getBean(GracefulManager.class).jobs())
                        .extracting(JobSnapshot::job, JobSnapshot::phase)
                        .containsExactly(
                                tuple("orders.settle-1", 5), tuple("orders.settle-2", 5), tuple("orders.flush", 9)));
    }

    @Test
    @DisplayName("S24: what follows a failure, and the limits of restarts, can be set by property")
    void restarts() {
        contextRunner
                .withPropertyValues(
                        "graceful.jobs[orders.fail].restart.delay=1ms",
                        "graceful.jobs[orders.fail].restart.maxRestarts=1")
                .run(context -> context.getBean(Orders.class).restarted.await());
        contextRunner
                .withPropertyValues("graceful.jobs[orders.fail].on-failure=shut-down")
                .run(context -> assertThat(context.getBean(GracefulManager.class)
                                .awaitDone(Duration.ofSeconds(30))
                                .reason()
                                .description())
                        .contains("orders.fail"));
        contextRunner
                .withPropertyValues(
                        "graceful.running-jobs.on-failure=shut-down", "graceful.jobs[orders.fail].on-failure=record")
                .run(context -> {
                    assertThat(context.getBean(Orders.class).restarted.getCount())
                            .isPositive();
                    assertThat(context.getBean(GracefulManager.class).requestedShutdown())
                            .isNull();
                });
    }

    @Test
    @DisplayName("S24: the timeout of a job can be set by property")
    void timeout() {
        contextRunner
                .withBean("slow", Slow.class)
                .withPropertyValues("graceful.jobs[slow.work].timeout=100ms")
                .run(context -> {
                    GracefulManager manager = context.getBean(GracefulManager.class);
                    context.getBean(Slow.class).working.await();
                    context.getSourceApplicationContext().close();

                    assertThat(manager.awaitDone().elapsed()).isLessThan(Duration.ofSeconds(20));
                });
    }

    static class Slow {

        private final CountDownLatch working = new CountDownLatch(1);

        @RunningJob
        void work() throws InterruptedException {
            working.countDown();
            new CountDownLatch(1).await();
        }
    }

    @Test
    @DisplayName("S24: a name that no job has fails the start, and the message says which there are")
    void unknownName() {
        FailureAnalysis analysis = failure("graceful.jobs[orders.setle].timeout=5s");

        assertThat(analysis.getDescription()).contains("'graceful.jobs[orders.setle]'", "no annotated job");
        assertThat(analysis.getAction()).contains("[orders.fail, orders.flush, orders.settle]", "in brackets");
    }

    @Test
    @DisplayName("S24: a property that jobs do not have, also for want of brackets, fails the start")
    void unknownProperty() {
        assertThat(failure("graceful.jobs[orders.settle].timout=5s").getDescription())
                .contains("'graceful.jobs[orders.settle].timout'", "no such property");
        assertThat(failure("graceful.jobs.orders.settle.timeout=5s").getAction())
                .contains("graceful.jobs[orders.settle].timeout");
    }

    @Test
    @DisplayName("S24: a wrong value fails the start, and the message names the property")
    void wrongValue() {
        assertThat(failure("graceful.jobs[orders.settle].timeout=soon").getDescription())
                .contains("has graceful.jobs[orders.settle].timeout = \"soon\"", "not valid");
        assertThat(failure("graceful.jobs[orders.settle].concurrency=0").getDescription())
                .contains("graceful.jobs[orders.settle].concurrency = \"0\"");
        assertThat(failure("graceful.jobs[orders.settle].enabled=perhaps").getDescription())
                .contains("has enabled = \"perhaps\" by a property");
        assertThat(failure("graceful.jobs[orders.fail].restart.then-shut-down=perhaps")
                        .getDescription())
                .contains("has restart.then-shut-down = \"perhaps\" by a property");
        assertThat(failure("graceful.jobs[orders.fail].on-failure=retry").getAction())
                .contains("record, restart or shut-down");
    }
}
