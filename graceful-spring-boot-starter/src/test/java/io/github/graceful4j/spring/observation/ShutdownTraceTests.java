package io.github.graceful4j.spring.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A real application context with a tracer, whose provider exports in batches and is closed with the other beans. */
@Timeout(60)
class ShutdownTraceTests {

    private final KeepingExporter exporter = new KeepingExporter();

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withUserConfiguration(Application.class)
            .withPropertyValues("management.tracing.sampling.probability=1.0", "graceful.running-jobs.phase=2000000000")
            .withBean("jobs", Jobs.class)
            .withBean(SpanExporter.class, () -> exporter);

    @Test
    @DisplayName("S18: the shutdown is one trace, exported before the tracer closes")
    void shutdownIsExported() {
        contextRunner.run(context -> {});

        Map<String, SpanData> spans =
                exporter.spans.stream().collect(Collectors.toMap(SpanData::getName, Function.identity()));
        assertThat(spans)
                .containsOnlyKeys(
                        "shutdown",
                        "phase 2000000000",
                        "phase 536870911",
                        "phase 1073741824",
                        "job applicationTaskExecutor",
                        "job jobs.work",
                        "job jobs.flush",
                        "job jobs.fail",
                        "inside");
        assertThat(spans.values())
                .extracting(SpanData::getTraceId)
                .containsOnly(get(spans, "shutdown").getTraceId());
        assertThat(get(spans, "shutdown").getParentSpanContext().isValid()).isFalse();
        assertParent(spans, "phase 2000000000", "shutdown");
        assertParent(spans, "phase 536870911", "shutdown");
        assertParent(spans, "job jobs.work", "phase 2000000000");
        assertParent(spans, "job jobs.flush", "phase 536870911");
        assertParent(spans, "job jobs.fail", "phase 536870911");
        assertParent(spans, "inside", "job jobs.flush");
        assertThat(get(spans, "job jobs.fail").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(spans.values())
                .allSatisfy(span -> assertThat(span.getEndEpochNanos())
                        .isLessThanOrEqualTo(get(spans, "shutdown").getEndEpochNanos()));
    }

    private static SpanData get(Map<String, SpanData> spans, String name) {
        SpanData span = spans.get(name);
        assertThat(span).as(name).isNotNull();
        return span;
    }

    private static void assertParent(Map<String, SpanData> spans, String child, String parent) {
        assertThat(get(spans, child).getParentSpanId())
                .as("parent of " + child)
                .isEqualTo(get(spans, parent).getSpanId());
    }

    @Test
    @DisplayName("S18: management.observations.enable.graceful=false leaves nothing of it")
    void observationCanBeDisabled() {
        contextRunner
                .withPropertyValues("management.observations.enable.graceful=false")
                .run(context -> {});

        assertThat(exporter.spans).extracting(SpanData::getName).containsExactly("inside");
    }

    @Test
    @DisplayName("S18: meters of observations and those of the library stand side by side in Prometheus")
    void metersDoNotCollide() {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        List<String> refused = new CopyOnWriteArrayList<>();
        prometheus.config().onMeterRegistrationFailed((id, reason) -> refused.add(id + ": " + reason));

        contextRunner.withBean(MeterRegistry.class, () -> prometheus).run(context -> {});

        assertThat(refused).isEmpty();
        Map<String, List<Meter.Id>> byName = prometheus.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().startsWith("graceful."))
                .collect(Collectors.groupingBy(Meter.Id::getName));
        assertThat(byName)
                .containsKeys("graceful.shutdown", "graceful.job", "graceful.trace.shutdown", "graceful.trace.job");
        assertThat(byName.values())
                .allSatisfy(ids -> assertThat(
                                ids.stream().map(ShutdownTraceTests::keysOf).distinct())
                        .hasSize(1));
    }

    private static List<String> keysOf(Meter.Id id) {
        return id.getTags().stream().map(tag -> tag.getKey()).toList();
    }

    /** Keeps spans after it was shut down, but takes none then, as a real exporter. */
    private static final class KeepingExporter implements SpanExporter {

        private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
        private final List<SpanData> spans = new CopyOnWriteArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> exported) {
            CompletableResultCode result = exporter.export(exported);
            if (result.isSuccess()) {
                spans.addAll(exported);
            }
            return result;
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }

    @EnableAutoConfiguration
    static class Application {}

    static class Jobs {

        private final ObservationRegistry registry;

        Jobs(ObservationRegistry registry) {
            this.registry = registry;
        }

        @RunningJob
        void work(JobContext context) throws InterruptedException {
            context.awaitCancellation();
        }

        @ShutdownJob
        void flush() {
            Observation.start("inside", registry).stop();
        }

        @ShutdownJob
        void fail() {
            throw new IllegalStateException("no");
        }
    }
}
