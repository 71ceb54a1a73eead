package io.github.graceful4j.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;

@Timeout(60)
class FinalPushTests {

    private static final String CLEAN = "graceful.shutdown outcome=clean count";

    private final CapturingRegistry registry = new CapturingRegistry();

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withUserConfiguration(Application.class)
            .withBean("jobs", Jobs.class, Jobs::new)
            .withBean(CapturingRegistry.class, () -> registry);

    private Map<String, Double> onlyPush() {
        assertThat(registry.isClosed()).isTrue();
        assertThat(registry.pushes).hasSize(1);
        return registry.pushes.get(0);
    }

    @Test
    @DisplayName("S12: trap 5: the last push has the outcome of all jobs and of the shutdown")
    void lastPushHasTheOutcome() {
        contextRunner.run(context -> assertThat(registry.pushes).isEmpty());

        assertThat(onlyPush())
                .containsEntry("graceful.job kind=running name=jobs.work outcome=completed count", 1.0)
                .containsEntry("graceful.job kind=shutdown name=jobs.flush outcome=completed count", 1.0)
                .containsEntry("graceful.jobs kind=running state=ended value", 1.0)
                .containsEntry("graceful.jobs kind=shutdown state=ended value", 1.0)
                .containsEntry(CLEAN, 1.0)
                .hasEntrySatisfying(
                        "graceful.shutdown.elapsed value",
                        value -> assertThat(value).isPositive())
                .hasEntrySatisfying(
                        "graceful.shutdown.remaining value",
                        value -> assertThat(value).isBetween(0.0, 30.0));
    }

    @Test
    @DisplayName("S12: on request, Spring Boot closes registries as it always does, before anything is stopped")
    void canBeSwitchedOff() {
        contextRunner.withPropertyValues("graceful.metrics.final-push=false").run(context -> {
            assertThat(context).doesNotHaveBean(FinalPush.class);
        });

        assertThat(onlyPush()).containsEntry(CLEAN, 0.0);
    }

    @Test
    @DisplayName("S12: a close that hangs before the phase does not keep the outcome from being pushed")
    void pushesWhileTheCloseHangs() {
        contextRunner
                .withPropertyValues("graceful.grace-period=1s")
                .withBean(Stoppable.class, () -> new Stoppable(() -> awaitUninterruptibly(registry.pushed)))
                .run(context -> {});

        // Jobs have little time left here, and on a busy machine not all end in it; but whatever came of them is there.
        Map<String, Double> push = onlyPush();
        assertThat(countOf("graceful.job kind=running name=jobs.work outcome=", push))
                .isEqualTo(1.0);
        assertThat(countOf("graceful.shutdown outcome=", push)).isEqualTo(1.0);
    }

    private static double countOf(String anyOutcome, Map<String, Double> push) {
        return push.entrySet().stream()
                .filter(value ->
                        value.getKey().startsWith(anyOutcome) && value.getKey().endsWith(" count"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("S12: a listener that throws when the context is closed does not keep the outcome from being pushed")
    void pushesAfterAListenerThrew() {
        contextRunner.withBean(ThrowingListener.class, ThrowingListener::new).run(context -> {});

        assertThat(onlyPush()).containsEntry(CLEAN, 1.0);
    }

    @Test
    @DisplayName("S12: a context that fails to start closes its registries once")
    void failedStartClosesRegistries() {
        contextRunner
                .withBean(FailingStart.class, FailingStart::new)
                .run(context -> assertThat(context).hasFailed());

        assertThat(onlyPush()).containsKey(CLEAN);
    }

    @Test
    @DisplayName("S12: S9: a context that is stopped and started again pushes when it is closed, once")
    void stopIsNoClose() {
        contextRunner.run(context -> {
            context.getSourceApplicationContext().stop();
            assertThat(registry.isClosed()).isFalse();
            context.getSourceApplicationContext().start();
            assertThat(registry.isClosed()).isFalse();
            context.getSourceApplicationContext().stop();
        });

        assertThat(onlyPush())
                .containsEntry("graceful.job kind=running name=jobs.work outcome=completed count", 2.0)
                .containsEntry(CLEAN, 1.0);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    @DisplayName("S12: S7: a backend that does not answer holds up no lower phase after the grace period")
    void hangingBackendIsNotWaitedFor(CapturedOutput output) {
        CountDownLatch nextPhase = new CountDownLatch(1);
        CapturingRegistry hanging = new CapturingRegistry() {
            @Override
            protected void publish() {
                awaitUninterruptibly(nextPhase);
                super.publish();
            }
        };
        Stoppable below = new Stoppable(nextPhase::countDown) {
            @Override
            public int getPhase() {
                return 1;
            }
        };

        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues("graceful.grace-period=3s")
                .withBean(CapturingRegistry.class, () -> hanging)
                .withBean(Stoppable.class, () -> below)
                .run(context -> {});

        awaitUninterruptibly(hanging.pushed);
        assertThat(output).doesNotContain("still running");
        // Two if Spring closes the registry just before the push is over: Micrometer pushes again then, what is new
        // since.
        assertThat(hanging.pushes).hasSizeBetween(1, 2);
        assertThat(hanging.pushes.get(0)).containsEntry(CLEAN, 1.0);
    }

    @Test
    @DisplayName("S12: S3: lazy initialization changes nothing")
    void lazyInitialization() {
        CapturingRegistry lazy = new CapturingRegistry();
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class, Jobs.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.lazy-initialization=true")
                .initializers(initialized ->
                        ((GenericApplicationContext) initialized).registerBean(CapturingRegistry.class, () -> lazy))
                .run()) {
            context.getBean(CapturingRegistry.class);
        }

        assertThat(lazy.pushes).hasSize(1);
        assertThat(lazy.pushes.get(0)).containsEntry(CLEAN, 1.0);
    }

    @Test
    @DisplayName("S12: canary: Spring Boot closes registries with a listener of the name that is looked for")
    void springBootIsAsExpected() {
        contextRunner.run(context -> {
            assertThat(context.getBeanFactory().containsLocalBean(FinalPush.CLOSER))
                    .isTrue();
            assertThat(context.getBeanFactory().containsLocalBean(FinalPush.POST_PROCESSOR))
                    .isTrue();
            assertThat(context.getBean(FinalPush.CLOSER).getClass().getSimpleName())
                    .isEqualTo("MeterRegistryCloser");
            assertThat(ResolvableType.forInstance(context.getBean(FinalPush.CLOSER))
                            .as(ApplicationListener.class)
                            .resolveGeneric())
                    .isEqualTo(ContextClosedEvent.class);
        });
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    @DisplayName("S12: a Spring Boot that closes registries in another way is a warning")
    void unknownSpringBootIsAWarning(CapturedOutput output) {
        try (GenericApplicationContext context = new GenericApplicationContext();
                GracefulManager manager =
                        GracefulManager.builder().signals(false).build()) {
            context.refresh();

            new FinalPush(context, manager).takeCloser();
            assertThat(output).doesNotContain("last push");

            context.getBeanFactory().registerSingleton(FinalPush.POST_PROCESSOR, new Object());
            new FinalPush(context, manager).takeCloser();
            assertThat(output)
                    .contains("The last push of meter registries lacks the outcome of the shutdown")
                    .contains("no listener 'meterRegistryCloser'")
                    .contains("graceful.metrics.final-push=false");
        }
    }

    @EnableAutoConfiguration
    static class Application {}

    static class Jobs {

        @RunningJob
        void work(JobContext context) throws InterruptedException {
            context.awaitCancellation();
        }

        @ShutdownJob
        void flush() {}
    }

    /** Stops before any job does. */
    static class Stoppable implements SmartLifecycle {

        private final Runnable atStop;
        private volatile boolean running;

        Stoppable(Runnable atStop) {
            this.atStop = atStop;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            atStop.run();
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    static class FailingStart extends Stoppable {

        FailingStart() {
            super(() -> {});
        }

        @Override
        public void start() {
            throw new IllegalStateException("no port");
        }
    }

    /** Comes before all other listeners. */
    static class ThrowingListener implements ApplicationListener<ContextClosedEvent>, Ordered {

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void onApplicationEvent(ContextClosedEvent event) {
            throw new IllegalStateException("not now");
        }
    }
}
