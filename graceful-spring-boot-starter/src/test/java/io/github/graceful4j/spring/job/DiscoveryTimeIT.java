package io.github.graceful4j.spring.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.spring.job.CostlyStart.Cost;
import io.github.graceful4j.spring.job.CostlyStart.Costs;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * How much time looking for jobs adds to the start of an application, against what {@link EnableScheduling} adds to the
 * same one.
 *
 * <p>A median varies by more than the two differ: what each adds is printed, and only a search that has become far more
 * expensive fails.
 */
@Tag("benchmark")
@Timeout(1200)
class DiscoveryTimeIT {

    private static final int BEANS = 10_000;
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 21;
    private static final double NOISE = 1.5;

    @Test
    @DisplayName("S4: with 10,000 beans, looking for jobs takes no more time than looking for scheduled methods")
    void lookingForJobsTakesNoMoreTimeThanScheduling() {
        Costs costs = CostlyStart.measureAll(BEANS, WARM_UP, ROUNDS);

        System.out.printf(
                "%d beans start in %d ms; scheduling adds %d ms, jobs add %d ms (medians of %d)%n",
                BEANS,
                costs.median(CostlyStart.BARE, Cost::nanos) / 1_000_000,
                costs.added(CostlyStart.SCHEDULING, Cost::nanos) / 1_000_000,
                costs.added(CostlyStart.JOBS, Cost::nanos) / 1_000_000,
                ROUNDS);
        System.out.printf(
                "scheduling adds %d kB, jobs add %d kB%n",
                costs.added(CostlyStart.SCHEDULING, Cost::bytes) / 1_000,
                costs.added(CostlyStart.JOBS, Cost::bytes) / 1_000);
        assertThat((double) costs.median(CostlyStart.JOBS, Cost::nanos))
                .isLessThanOrEqualTo(NOISE * costs.median(CostlyStart.SCHEDULING, Cost::nanos));
    }
}
