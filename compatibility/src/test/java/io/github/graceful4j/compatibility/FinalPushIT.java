package io.github.graceful4j.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.step.StepMeterRegistry;
import io.micrometer.core.instrument.step.StepRegistryConfig;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.context.ConfigurableApplicationContext;

@Tag("actuator")
@Timeout(300)
@ResourceLock(WebApplication.IN_THIS_JVM)
class FinalPushIT {

    @Test
    @DisplayName("S17: S12: what a registry pushes last has the outcome of all jobs and of the shutdown")
    void lastPushHasTheOutcome() {
        ConfigurableApplicationContext application = WebApplication.start(PushedMeters.class);
        PushedMeters pushed = application.getBean(PushedMeters.class);

        application.close();

        assertThat(pushed.last)
                .containsEntry("graceful.job completed", 3L)
                .containsEntry("graceful.shutdown clean", 1L)
                .containsEntry("graceful.shutdown timed_out", 0L);
    }

    /** A registry that pushes by itself only once in a time that no test takes, and else when it is closed. */
    static class PushedMeters extends StepMeterRegistry {

        private volatile Map<String, Long> last = Map.of();

        PushedMeters() {
            super(new RareSteps(), Clock.SYSTEM);
        }

        @Override
        protected void publish() {
            Map<String, Long> counts = new TreeMap<>();
            find("graceful.job").timers().forEach(timer -> count(timer, counts));
            find("graceful.shutdown").timers().forEach(timer -> count(timer, counts));
            last = counts;
        }

        /** Without sources: how many executors there are is up to the line. */
        private static void count(Timer timer, Map<String, Long> counts) {
            if ("source".equals(timer.getId().getTag("kind"))) {
                return;
            }
            String name = timer.getId().getName() + " " + timer.getId().getTag("outcome");
            counts.merge(name, timer.count(), Long::sum);
        }

        @Override
        protected TimeUnit getBaseTimeUnit() {
            return TimeUnit.SECONDS;
        }
    }

    private static final class RareSteps implements StepRegistryConfig {

        @Override
        public String prefix() {
            return "pushed";
        }

        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public Duration step() {
            return Duration.ofHours(1);
        }
    }
}
