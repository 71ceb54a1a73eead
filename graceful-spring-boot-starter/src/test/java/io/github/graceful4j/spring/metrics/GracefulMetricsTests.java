package io.github.graceful4j.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.spring.Readme;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.work.UnitOfWork;
import io.github.graceful4j.work.WorkTracker;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Timeout(60)
class GracefulMetricsTests {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withUserConfiguration(Application.class)
            .withBean("jobs", Jobs.class, Jobs::new);

    @Test
    @DisplayName("S12: all meters are registered before a shutdown begins")
    void metersAreRegisteredEagerly() {
        contextRunner.withBean(MeterRegistry.class, () -> registry).run(context -> {
            assertThat(registry.get("graceful.job").tag("name", "jobs.work").timers())
                    .extracting(timer -> timer.getId().getTag("outcome"))
                    .containsExactlyInAnyOrder("completed", "failed", "interrupted", "abandoned");
            assertThat(registry.get("graceful.job").tag("name", "jobs.flush").timers())
                    .extracting(timer -> timer.getId().getTag("outcome"))
                    .containsExactlyInAnyOrder("completed", "failed", "timed_out");
            assertThat(registry.get("graceful.shutdown").timers())
                    .extracting(timer -> timer.getId().getTag("outcome"))
                    .containsExactlyInAnyOrder("clean", "failed", "timed_out");
            assertThat(registry.get("graceful.jobs")
                            .tags("kind", "running", "state", "active")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(registry.get("graceful.shutdown.remaining").timeGauge().value())
                    .isNaN();
        });
    }

    @Test
    @DisplayName("S12: the meters show what the shutdown did")
    void metersShowTheShutdown() {
        contextRunner.withBean(MeterRegistry.class, () -> registry).run(context -> {});

        assertThat(registry.get("graceful.job")
                        .tags("name", "jobs.work", "kind", "running", "outcome", "completed")
                        .timer()
                        .count())
                .isOne();
        assertThat(registry.get("graceful.job")
                        .tags("name", "jobs.flush", "kind", "shutdown", "outcome", "completed")
                        .timer()
                        .count())
                .isOne();
        assertThat(registry.get("graceful.shutdown")
                        .tag("outcome", "clean")
                        .timer()
                        .count())
                .isOne();
    }

    @Test
    @DisplayName("S12: the README's table of meters is complete, with their tags")
    void readmeTableIsTrue() throws IOException {
        List<String> table = Readme.tableRows("### Meters");

        contextRunner.withBean(MeterRegistry.class, () -> registry).run(context -> {
            Set<String> rows = registry.getMeters().stream()
                    .map(Meter::getId)
                    .filter(id -> id.getName().startsWith("graceful."))
                    .map(GracefulMetricsTests::rowOf)
                    .collect(Collectors.toSet());

            assertThat(table).hasSameSizeAs(rows);
            assertThat(rows).allSatisfy(row -> assertThat(table).anyMatch(line -> line.startsWith(row)));
        });
    }

    @Test
    @DisplayName("S12: a registry that is bound later has all meters as well")
    void laterRegistryHasAllMeters() {
        MeterRegistry later = new SimpleMeterRegistry();

        contextRunner.withBean(MeterRegistry.class, () -> registry).run(context -> {
            context.getBean(GracefulMetrics.class).bindTo(later);

            assertThat(gracefulIdsIn(later)).isNotEmpty().isEqualTo(gracefulIdsIn(registry));
        });
        assertThat(count(later, "jobs.flush", "completed")).isOne();
    }

    private static Set<Meter.Id> gracefulIdsIn(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().startsWith("graceful."))
                .collect(Collectors.toSet());
    }

    private static long count(MeterRegistry registry, String name, String outcome) {
        return registry.get("graceful.job").tags("name", name, "outcome", outcome).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Test
    @DisplayName("S12: failures and restarts are counted for each job")
    void failuresAndRestartsAreCounted() {
        FailurePolicy twice = FailurePolicy.restart()
                .withDelay(Duration.ofMillis(1), Duration.ofMillis(1))
                .withLimit(2, Deadline.UNLIMITED);
        CountDownLatch failures = new CountDownLatch(3);
        contextRunner.withBean(MeterRegistry.class, () -> registry).run(context -> {
            context.getBean(GracefulManager.class)
                    .addRunningJob(
                            "fails",
                            job -> {
                                failures.countDown();
                                throw new IllegalStateException("down");
                            },
                            RunningJobOptions.defaults().withFailurePolicy(twice));
            failures.await();
        });

        assertThat(registry.get("graceful.job.failures")
                        .tags("name", "fails", "kind", "running")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(registry.get("graceful.job.restarts")
                        .tag("name", "fails")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(count(registry, "fails", "failed")).isOne();
    }

    @Test
    @DisplayName("S12: jobs that are registered at run time by the hundred add a limited number of series")
    void seriesAreLimited() {
        contextRunner.withBean(MeterRegistry.class, () -> registry).run(context -> {
            GracefulManager manager = context.getBean(GracefulManager.class);
            for (int job = 0; job < 300; job++) {
                manager.addRunningJob("job" + job, JobContext::awaitCancellation);
                manager.addRunningJob("copy-" + job, JobContext::awaitCancellation);
            }
        });

        Set<String> names = registry.get("graceful.job").timers().stream()
                .map(timer -> String.valueOf(timer.getId().getTag("name")))
                .collect(Collectors.toSet());
        assertThat(names).hasSize(JobNames.MOST + 1).contains("jobs.work", "jobs.flush", "copy", "job0", "other");
        assertThat(count(registry, "copy", "completed")).isEqualTo(300);
        // two jobs, the copies and Spring Boot's executor have names of their own as well
        assertThat(count(registry, "other", "completed")).isEqualTo(300 - (JobNames.MOST - 4));
    }

    @Test
    @DisplayName("S12: what a registry that is closed already has no meter for is counted under other")
    void closedRegistryCountsUnderOther() {
        contextRunner
                .withPropertyValues("graceful.metrics.final-push=false")
                .withBean(MeterRegistry.class, () -> registry)
                .run(context -> context.getBean(GracefulManager.class).addShutdownJob("late", job -> {}));

        assertThat(registry.isClosed()).isTrue();
        assertThat(count(registry, "other", "completed")).isOne();
    }

    @Test
    @DisplayName("S12: work in flight and refused is counted")
    void workIsCounted() {
        contextRunner.withBean(MeterRegistry.class, () -> registry).run(context -> {
            WorkTracker tracker = context.getBean(GracefulManager.class).workTracker();

            try (UnitOfWork unit = tracker.enter()) {
                assertThat(unit).isNotNull();
                assertThat(registry.get("graceful.work.in.flight").gauge().value())
                        .isOne();
            }
            context.getSourceApplicationContext().close();
            assertThat(tracker.tryEnter()).isNull();

            assertThat(registry.get("graceful.work.in.flight").gauge().value()).isZero();
            assertThat(registry.get("graceful.work.refused").functionCounter().count())
                    .isOne();
        });
    }

    @Test
    @DisplayName("S12: S14: the meters show how the last process ended")
    void metersShowThePreviousShutdown(@TempDir Path directory) {
        ApplicationContextRunner runner = contextRunner
                .withPropertyValues(
                        "graceful.report.file=" + directory.resolve("shutdown.json"), "graceful.grace-period=200ms")
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new);
        runner.run(context -> {
            assertThat(previousOutcomes(context.getBean(MeterRegistry.class))).containsExactly("unknown");
            assertThat(previous(context.getBean(MeterRegistry.class))).isNaN();
            context.getBean(GracefulManager.class).addRunningJob("stuck", job -> new CountDownLatch(1).await());
        });

        runner.run(context -> {
            MeterRegistry next = context.getBean(MeterRegistry.class);
            assertThat(previousOutcomes(next)).containsExactly("timed_out");
            assertThat(previous(next)).isBetween(0.05, 10.0);
            assertThat(next.get("graceful.shutdown.previous.stuck").gauge().value())
                    .isOne();
        });
    }

    private static double previous(MeterRegistry registry) {
        return registry.get("graceful.shutdown.previous").timeGauge().value(TimeUnit.SECONDS);
    }

    private static List<String> previousOutcomes(MeterRegistry registry) {
        return registry.get("graceful.shutdown.previous.outcome").gauges().stream()
                .filter(gauge -> gauge.value() == 1)
                .map(gauge -> String.valueOf(gauge.getId().getTag("outcome")))
                .toList();
    }

    private static String rowOf(Meter.Id id) {
        String tags = id.getTags().stream().map(tag -> "`" + tag.getKey() + "`").collect(Collectors.joining(", "));
        return "| `" + id.getName() + "` | " + id.getType().name().toLowerCase(Locale.ROOT) + " | " + tags + " |";
    }

    @Test
    @DisplayName("S12: the time that is left shows while jobs stop")
    void remainingTimeShowsWhileStopping() {
        contextRunner.withBean(MeterRegistry.class, () -> registry).run(context -> {
            GracefulManager manager = context.getBean(GracefulManager.class);
            manager.addShutdownJob(
                    "look",
                    job -> assertThat(registry.get("graceful.shutdown.remaining")
                                    .timeGauge()
                                    .value(TimeUnit.SECONDS))
                            .isBetween(1.0, 30.0));

            context.getSourceApplicationContext().close();

            assertThat(manager.awaitDone(Duration.ofSeconds(30)).errors()).isEmpty();
        });
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    @DisplayName("S4: trap 6: discovery creates no bean too early, so the meters of the JVM survive")
    void metersOfTheJvmSurvive(CapturedOutput output) {
        contextRunner.run(context -> {
            assertThat(context.getBean(MeterRegistry.class).getMeters())
                    .filteredOn(meter -> meter.getId().getName().startsWith("jvm."))
                    .hasSizeGreaterThan(20);
            assertThat(context.getBean(MeterRegistry.class)
                            .find("graceful.jobs")
                            .gauges())
                    .isNotEmpty();
        });

        assertThat(output).doesNotContain("not eligible");
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
}
