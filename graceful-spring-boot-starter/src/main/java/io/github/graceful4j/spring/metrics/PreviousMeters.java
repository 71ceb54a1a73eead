package io.github.graceful4j.spring.metrics;

import io.github.graceful4j.report.ShutdownOutcome;
import io.github.graceful4j.spring.report.PreviousShutdown;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Meters of how the last process ended, which never change while this one runs. Thread-safe, as it is immutable. */
final class PreviousMeters {

    private static final double NANOS = 1e9;

    /** What is known of the last process only afterwards, beside the outcomes of a shutdown. */
    private static final List<String> OTHER_OUTCOMES = List.of(PreviousShutdown.UNCLEAN, PreviousShutdown.UNKNOWN);

    private final Supplier<PreviousShutdown> previous;

    PreviousMeters(Supplier<PreviousShutdown> previous) {
        this.previous = previous;
    }

    void bindTo(MeterRegistry registry) {
        TimeGauge.builder("graceful.shutdown.previous", this::elapsedSeconds, TimeUnit.SECONDS)
                .description("How long the shutdown of the last process took; NaN if it left no report")
                .register(registry);
        Stream.concat(Stream.of(ShutdownOutcome.values()).map(Enum::name), OTHER_OUTCOMES.stream())
                .forEach(outcome -> Gauge.builder("graceful.shutdown.previous.outcome", () -> isOutcome(outcome))
                        .description("How the last process ended: 1 for its outcome, 0 for all others")
                        .tag("outcome", Words.of(outcome))
                        .register(registry));
        Gauge.builder("graceful.shutdown.previous.stuck", this::stuckJobs)
                .description("Number of jobs that were interrupted or given up in the shutdown of the last process")
                .register(registry);
    }

    private double elapsedSeconds() {
        Duration elapsed = previous.get().elapsed();
        return elapsed == null ? Double.NaN : elapsed.toNanos() / NANOS;
    }

    private double isOutcome(String outcome) {
        return outcome.equals(previous.get().outcome()) ? 1 : 0;
    }

    private double stuckJobs() {
        return previous.get().stuckJobs().size();
    }
}
