package io.github.graceful4j.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.Readme;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
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
            assertThat(registry.get("graceful.job").tag("job", "jobs.work").timers())
                    .extracting(timer -> timer.getId().getTag("outcome"))
                    .containsExactlyInAnyOrder("completed", "failed", "interrupted", "abandoned");
            assertThat(registry.get("graceful.job").tag("job", "jobs.flush").timers())
                    .extracting(timer -> timer.getId().getTag("outcome"))
                    .containsExactlyInAnyOrder("completed", "failed", "timed_out");
            assertThat(registry.get("graceful.shutdown").timers())
                    .extracting(timer -> timer.getId().getTag("outcome"))
                    .containsExactlyInAnyOrder("clean", "failed", "timed_out");
            assertThat(registry.get("graceful.jobs")
                            .tags("kind", "running", "state", "running")
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
                        .tags("job", "jobs.work", "kind", "running", "outcome", "completed")
                        .timer()
                        .count())
                .isOne();
        assertThat(registry.get("graceful.job")
                        .tags("job", "jobs.flush", "kind", "shutdown", "outcome", "completed")
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
