package io.github.graceful4j.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import io.github.graceful4j.spring.autoconfigure.GracefulBoot3HealthAutoConfiguration;
import io.github.graceful4j.spring.autoconfigure.GracefulHealthAutoConfiguration;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.test.util.ReflectionTestUtils;

@Timeout(60)
class JobHealthTests {

    private static final String BEAN = "gracefulHealthIndicator";

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    GracefulAutoConfiguration.class,
                    GracefulHealthAutoConfiguration.class,
                    GracefulBoot3HealthAutoConfiguration.class));

    private static GracefulManager manager(ApplicationContext context) {
        return context.getBean(GracefulManager.class);
    }

    private static Health health(ApplicationContext context) {
        return context.getBean(BEAN, GracefulHealthIndicator.class).health();
    }

    private static void fail(GracefulManager manager) {
        manager.addRunningJob("pay", job -> {
            throw new IllegalStateException("secret");
        });
        // Counted a moment after it has failed, and looked at only when there is one.
        while (manager.jobCount(JobKind.RUNNING, JobState.ENDED) == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("S13: without failed jobs, the health is up")
    void upByDefault() {
        contextRunner.run(context -> {
            manager(context).addRunningJob("import", job -> {});

            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(health(context).getDetails()).isEqualTo(Map.of("state", "STARTED"));
        });
    }

    @Test
    @DisplayName("S13: a running job that failed makes the health DOWN, with its name and the class of its failure")
    void downWithNames() {
        contextRunner.run(context -> {
            fail(manager(context));

            assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
            assertThat(health(context).getDetails())
                    .containsEntry("failedJobs", Map.of("pay", "java.lang.IllegalStateException"));
        });
    }

    @Test
    @DisplayName("S13: what a failed job makes the health is up to the application")
    void statusCanBeChosen() {
        contextRunner
                .withPropertyValues("graceful.health.failed-jobs-status=UP")
                .run(context -> {
                    fail(manager(context));

                    assertThat(health(context).getStatus()).isEqualTo(Status.UP);
                    assertThat(health(context).getDetails()).containsKey("failedJobs");
                });
    }

    @Test
    @DisplayName("S16: a blank status fails the start with the name of the property")
    void blankStatusFailsTheStart() {
        contextRunner
                .withPropertyValues("graceful.health.failed-jobs-status=")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("graceful.health.failed-jobs-status"));
    }

    @Test
    @DisplayName("S13: a job that waits for its restart is a detail, and no reason to be down")
    void backingOffIsADetail() {
        FailurePolicy restart = FailurePolicy.restart().withDelay(Duration.ofDays(1), Duration.ofDays(1));

        contextRunner.run(context -> {
            manager(context)
                    .addRunningJob(
                            "poll",
                            job -> {
                                throw new IllegalStateException("secret");
                            },
                            RunningJobOptions.defaults().withFailurePolicy(restart));
            while (manager(context).jobs().get(0).state() != JobState.BACKING_OFF) {
                Thread.onSpinWait();
            }

            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(health(context).getDetails())
                    .containsEntry("jobsBackingOff", Map.of("poll", "java.lang.IllegalStateException"));
        });
    }

    @Test
    @DisplayName("S13: while stopping, jobs that end as they were told do not make the health DOWN, however they end")
    void cancelledJobsAreNotFailed() {
        contextRunner.run(context -> {
            CountDownLatch began = new CountDownLatch(1);
            manager(context).addRunningJob("listen", job -> {
                began.countDown();
                job.awaitCancellation();
                throw new IllegalStateException("the socket is closed");
            });
            began.await();
            manager(context).phaseControl().begin(ShutdownReason.requested("test"));
            manager(context).phaseControl().stop(Integer.MIN_VALUE).join();

            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(health(context).getDetails()).isEqualTo(Map.of("state", "SHUTTING_DOWN"));
        });
    }

    @Test
    @DisplayName("S14: a detail of the health says how the last process ended")
    void previousShutdownIsADetail(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("shutdown.json");
        Files.writeString(
                directory.resolve("shutdown.json.running"), Instant.now().toString());

        contextRunner
                .withPropertyValues("graceful.report.file=" + file)
                .run(context -> assertThat(health(context).getDetails()).containsEntry("previousShutdown", "UNCLEAN"));
    }

    @Test
    @DisplayName("S13: the health can be switched off, alone or with all others")
    void canBeSwitchedOff() {
        contextRunner
                .withPropertyValues("management.health.graceful.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(BEAN));
        contextRunner
                .withPropertyValues("management.health.defaults.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(BEAN));
        contextRunner
                .withPropertyValues(
                        "management.health.defaults.enabled=false", "management.health.graceful.enabled=true")
                .run(context -> assertThat(context).hasBean(BEAN));
        contextRunner
                .withPropertyValues("graceful.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(BEAN));
    }

    @Test
    @DisplayName("S13: without Actuator's health, nothing is missed")
    void worksWithoutHealth() {
        contextRunner
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(BEAN));
    }

    @Test
    @DisplayName("S13: S17: with the types of Spring Boot 3, the health is the same")
    void worksWithSpringBoot3() throws Exception {
        try (URLClassLoader boot3 = boot3()) {
            Class<?> indicatorType = boot3.loadClass("org.springframework.boot.actuate.health.HealthIndicator");

            contextRunner.withClassLoader(boot3).run(context -> {
                Object indicator = context.getBean(BEAN);
                assertThat(context.getBeansOfType(indicatorType)).containsOnlyKeys(BEAN);
                assertThat(statusOf(indicator)).isEqualTo("UP");
                fail(manager(context));

                assertThat(statusOf(indicator)).isEqualTo("DOWN");
                assertThat(invoke(indicator, "getHealth", true))
                        .hasToString("DOWN {state=STARTED, failedJobs={pay=java.lang.IllegalStateException}}");
                assertThat(invoke(indicator, "getHealth", false)).hasToString("DOWN {}");
                assertThat(indicator).isNotEqualTo("another").hasToString("the health of graceful's jobs");
                assertThat(Set.of(indicator)).contains(indicator);
            });
        }
    }

    private static URLClassLoader boot3() throws MalformedURLException {
        URL actuator = Path.of("target", "spring-boot-3", "spring-boot-actuator.jar")
                .toUri()
                .toURL();
        return new URLClassLoader(new URL[] {actuator}, new FilteredClassLoader("org.springframework.boot.health"));
    }

    private static String statusOf(Object indicator) {
        return String.valueOf(invoke(invoke(indicator, "health"), "getStatus"));
    }

    private static Object invoke(Object target, String method, Object... arguments) {
        Object result = ReflectionTestUtils.invokeMethod(target, method, arguments);
        assertThat(result).isNotNull();
        return result;
    }
}
