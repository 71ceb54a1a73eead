package io.github.graceful4j.spring.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.spring.job.CostlyStart.Cost;
import io.github.graceful4j.spring.job.CostlyStart.Costs;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What looking for jobs takes of the memory; how much time it takes is the matter of {@link DiscoveryTimeIT}. */
class DiscoveryCostTests {

    private static final int BEANS = 2_000;

    @Test
    @DisplayName("S4: with thousands of beans, looking for jobs takes less memory than looking for scheduled methods")
    void lookingForJobsTakesLessMemoryThanScheduling() {
        Costs costs = CostlyStart.measureAll(BEANS, 1, 1);

        assertThat(costs.added(CostlyStart.JOBS, Cost::bytes))
                .isLessThan(costs.added(CostlyStart.SCHEDULING, Cost::bytes) / 2);
    }
}
