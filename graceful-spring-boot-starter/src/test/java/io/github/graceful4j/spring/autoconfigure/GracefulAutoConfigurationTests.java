package io.github.graceful4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.spring.FailureReport;
import io.github.graceful4j.spring.GracefulManagerBuilderCustomizer;
import io.github.graceful4j.spring.actuate.GracefulEndpoint;
import io.github.graceful4j.spring.metrics.GracefulMetrics;
import io.github.graceful4j.time.Deadline;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;

class GracefulAutoConfigurationTests {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    GracefulAutoConfiguration.class,
                    GracefulMetricsAutoConfiguration.class,
                    GracefulEndpointAutoConfiguration.class))
            .withPropertyValues("management.endpoints.web.exposure.include=graceful");

    @Test
    @DisplayName("S1: the starter provides the manager and what shows it")
    void beansAreProvided() {
        contextRunner.run(context -> assertThat(context)
                .hasSingleBean(GracefulManager.class)
                .hasSingleBean(GracefulMetrics.class)
                .hasSingleBean(GracefulEndpoint.class));
    }

    @Test
    @DisplayName("S16: graceful.enabled=false leaves no bean behind")
    void disabledLeavesNoBean() {
        contextRunner
                .withPropertyValues("graceful.enabled=false")
                .run(context -> assertThat(Arrays.stream(context.getBeanDefinitionNames())
                                .map(context::getType)
                                .filter(type -> type != null && type.getName().startsWith("io.github.graceful4j."))
                                .filter(type -> !type.getSimpleName().endsWith("AutoConfiguration")))
                        .isEmpty());
    }

    @Test
    @DisplayName("S1: the starter works without Micrometer")
    void worksWithoutMicrometer() {
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasSingleBean(GracefulManager.class));
    }

    @EnableAutoConfiguration
    static class Application {}

    @Test
    @DisplayName("S1: an application without jobs, in which nobody asks for the manager, has none made")
    void noManagerWithoutJobs() {
        contextRunner
                .withBean("provider", Providing.class)
                .run(context -> assertThat(context.getBeanFactory().getSingletonNames())
                        .contains("gracefulContextJobs", "provider")
                        .doesNotContain("gracefulManager", "gracefulReportKeeper")
                        .noneMatch(name -> name.startsWith("gracefulRunningJobs")));
    }

    /** May ask for a manager, and does not. */
    record Providing(ObjectProvider<GracefulManager> manager) {}

    @Test
    @DisplayName("S1: a property of graceful has the manager made, and a wrong one ends the start")
    void propertiesHaveTheManagerMade() {
        contextRunner
                .withPropertyValues("graceful.drain.delay=0")
                .run(context ->
                        assertThat(context.getBeanFactory().getSingletonNames()).contains("gracefulManager"));
    }

    @Test
    @DisplayName("S11: a manager that is asked for only when the application has started goes with it nevertheless")
    void lateManagerGoesWithTheContext() {
        Queue<String> events = new ConcurrentLinkedQueue<>();

        contextRunner.run(context -> {
            GracefulManager manager = context.getBean(GracefulManager.class);
            manager.addRunningJob("work", job -> {
                events.add("began");
                job.awaitCancellation();
                events.add("ended");
            });
            manager.addShutdownJob("flush", job -> events.add("flushed"));

            context.getSourceApplicationContext().close();

            assertThat(Objects.requireNonNull(manager.report()).outcome()).isEqualTo(ShutdownOutcome.CLEAN);
            assertThat(Objects.requireNonNull(manager.report()).reason().kind())
                    .isEqualTo(ShutdownReason.Kind.CONTEXT_CLOSED);
        });

        assertThat(events).containsExactly("began", "ended", "flushed");
    }

    @Test
    @DisplayName("S11: a manager that is asked for while the context starts its beans is started with them")
    void managerOfALifecycleBean() {
        CompletableFuture<String> ran = new CompletableFuture<>();

        contextRunner
                .withBean("asking", AskingAtStart.class, () -> new AskingAtStart(ran))
                .run(context -> assertThat(ran.join()).isEqualTo("work"));
    }

    /** Asks for the manager when it is started. */
    private static final class AskingAtStart implements SmartLifecycle, BeanFactoryAware {

        private final CompletableFuture<String> ran;

        @SuppressWarnings("NullAway.Init") // Spring sets it
        private BeanFactory beans;

        private volatile boolean running;

        private AskingAtStart(CompletableFuture<String> ran) {
            this.ran = ran;
        }

        @Override
        public void setBeanFactory(BeanFactory beanFactory) {
            beans = beanFactory;
        }

        @Override
        public void start() {
            beans.getBean(GracefulManager.class).addRunningJob("work", job -> ran.complete(job.name()));
            running = true;
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    @Test
    @DisplayName("S1: an application may bring a manager of its own")
    void ownManagerWins() {
        GracefulManager own =
                GracefulManager.builder().autoStart(false).signals(false).build();

        contextRunner
                .withBean("own", GracefulManager.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(GracefulManager.class)).isSameAs(own));
    }

    @Test
    @DisplayName("S1: a manager of the application's own that handles signals itself fails the start")
    void ownManagerThatHandlesSignals() {
        try (GracefulManager own = GracefulManager.create()) {
            contextRunner.withBean("own", GracefulManager.class, () -> own).run(context -> {
                FailureAnalysis analysis = FailureReport.of(Objects.requireNonNull(context.getStartupFailure()));

                assertThat(analysis.getDescription()).contains("'own' is a GracefulManager that handles signals");
                assertThat(analysis.getAction()).contains("signals(false)", "GracefulManagerBuilderCustomizer");
            });
        }
    }

    @Test
    @DisplayName("S16: properties, customizers and listeners reach the manager")
    void managerIsSetUp() {
        CompletableFuture<String> told = new CompletableFuture<>();
        ShutdownListener listener = new ShutdownListener() {
            @Override
            public void jobBegan(String job, JobKind kind) {
                told.complete(job);
            }
        };

        contextRunner
                .withPropertyValues("graceful.grace-period=17s", "graceful.reserve=3s", "graceful.interrupt-lead=0")
                .withBean(ShutdownListener.class, () -> listener)
                .withBean(
                        GracefulManagerBuilderCustomizer.class,
                        () -> builder -> builder.gracePeriod(Duration.ofSeconds(19)))
                .run(context -> {
                    GracefulManager manager = context.getBean(GracefulManager.class);
                    manager.addRunningJob("noticed", job -> {});

                    assertThat(manager.gracePeriod()).hasSeconds(19);
                    assertThat(told.join()).isEqualTo("noticed");
                });
    }

    @Test
    @DisplayName("S16: the grace period is 25 s, a margin below the 30 s of Kubernetes, unless something else is set")
    void gracePeriodHasDefault() {
        contextRunner.run(context ->
                assertThat(context.getBean(GracefulManager.class).gracePeriod()).hasSeconds(25));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unlimited", "UNLIMITED", " Unlimited "})
    @DisplayName("S16: graceful.grace-period=unlimited lets a shutdown take as long as it needs")
    void gracePeriodMayBeUnlimited(String unlimited) {
        contextRunner.withPropertyValues("graceful.grace-period=" + unlimited).run(context -> {
            GracefulManager manager = context.getBean(GracefulManager.class);
            manager.addRunningJob("work", JobContext::awaitCancellation);
            manager.addShutdownJob("flush", job -> assertThat(job.remaining()).isEqualTo(Deadline.UNLIMITED));
            assertThat(manager.gracePeriod()).isEqualTo(Deadline.UNLIMITED);

            context.getSourceApplicationContext().close();

            ShutdownReport report = Objects.requireNonNull(manager.report());
            assertThat(report.outcome()).isEqualTo(ShutdownOutcome.CLEAN);
            assertThat(report.gracePeriod()).isEqualTo(Deadline.UNLIMITED);
        });
    }

    @Test
    @DisplayName("S15: each job has the application's class loader, whichever thread starts it")
    void jobsHaveTheClassLoaderOfTheApplication() {
        Queue<ClassLoader> seen = new ConcurrentLinkedQueue<>();
        CountDownLatch began = new CountDownLatch(1);
        FilteredClassLoader loader = new FilteredClassLoader("none");

        contextRunner.withClassLoader(loader).run(context -> {
            GracefulManager manager = context.getBean(GracefulManager.class);
            manager.addRunningJob("work", job -> {
                seen.add(Thread.currentThread().getContextClassLoader());
                began.countDown();
                job.awaitCancellation();
            });
            manager.addShutdownJob(
                    "flush", job -> seen.add(Thread.currentThread().getContextClassLoader()));
            began.await();
        });

        assertThat(seen).containsExactly(loader, loader);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @DisplayName("S15: jobs run on virtual threads where the application does")
    void virtualThreadsFollowSpring() {
        contextRunner.withPropertyValues("spring.threads.virtual.enabled=true").run(context -> {
            CompletableFuture<String> thread = new CompletableFuture<>();

            context.getBean(GracefulManager.class)
                    .addRunningJob(
                            "job", job -> thread.complete(Thread.currentThread().toString()));

            assertThat(thread.join()).startsWith("VirtualThread").contains("graceful-job-job");
        });
    }
}
