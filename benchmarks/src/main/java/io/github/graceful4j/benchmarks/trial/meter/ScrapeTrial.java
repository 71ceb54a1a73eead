package io.github.graceful4j.benchmarks.trial.meter;

import io.github.graceful4j.benchmarks.trial.Figures;
import io.github.graceful4j.benchmarks.trial.Trial;
import io.github.graceful4j.benchmarks.trial.WarmUp;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;

/** How long it takes to read all meters, as Prometheus does and one by one, and how much there is to read. */
public final class ScrapeTrial implements Trial<MeteredApplication> {

    private static final double BYTES_PER_KILOBYTE = 1_000;

    /** Creates the trial. */
    public ScrapeTrial() {}

    @Override
    public void measure(MeteredApplication application, int jobs, Figures figures) throws Exception {
        PrometheusMeterRegistry registry = application.start(jobs);
        WarmUp.measure(
                figures,
                () -> {
                    long began = System.nanoTime();
                    registry.scrape();
                    long scraped = System.nanoTime();
                    readEach(registry);
                    return new long[] {scraped - began, System.nanoTime() - scraped};
                },
                "scrape",
                "one by one");
        figures.tell(
                "text of a scrape",
                "kB",
                registry.scrape().getBytes(StandardCharsets.UTF_8).length / BYTES_PER_KILOBYTE);
    }

    private static double readEach(PrometheusMeterRegistry registry) {
        double sum = 0;
        for (Meter meter : registry.getMeters()) {
            for (var measurement : meter.measure()) {
                sum += measurement.getValue();
            }
        }
        return sum;
    }
}
