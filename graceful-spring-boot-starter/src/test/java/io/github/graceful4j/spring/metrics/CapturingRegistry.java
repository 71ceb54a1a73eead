package io.github.graceful4j.spring.metrics;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.step.StepMeterRegistry;
import io.micrometer.core.instrument.step.StepRegistryConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what it pushes. It pushes by itself only when it is closed, since its time stands still. Thread-safe. */
class CapturingRegistry extends StepMeterRegistry {

    private static final StepRegistryConfig CONFIG = new StepRegistryConfig() {
        @Override
        public String prefix() {
            return "capturing";
        }

        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public Duration step() {
            return Duration.ofDays(1);
        }
    };

    final List<Map<String, Double>> pushes = new CopyOnWriteArrayList<>();
    final CountDownLatch pushed = new CountDownLatch(1);

    CapturingRegistry() {
        super(CONFIG, new MockClock());
    }

    @Override
    protected void publish() {
        Map<String, Double> values = new TreeMap<>();
        getMeters()
                .forEach(meter -> meter.measure().forEach(measurement -> {
                    String tags = meter.getId().getTags().stream()
                            .map(tag -> " " + tag.getKey() + "=" + tag.getValue())
                            .reduce("", String::concat);
                    Statistic statistic = measurement.getStatistic();
                    values.put(
                            meter.getId().getName() + tags + " " + statistic.getTagValueRepresentation(),
                            measurement.getValue());
                }));
        pushes.add(values);
        pushed.countDown();
    }

    @Override
    protected TimeUnit getBaseTimeUnit() {
        return TimeUnit.SECONDS;
    }
}
