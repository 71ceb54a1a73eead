package io.github.graceful4j.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobNamesTests {

    private final JobNames names = new JobNames();

    @ParameterizedTest
    @DisplayName("S12: all copies of a job count as one")
    @CsvSource({
        "orders.settle, orders.settle",
        "orders.settle-1, orders.settle",
        "orders.settle-12, orders.settle",
        "import-2024-3, import-2024",
        "orders.settle-1b, orders.settle-1b",
        "orders.settle1, orders.settle1",
        "-1, -1"
    })
    void copiesCountAsOne(String job, String series) {
        assertThat(names.seriesOf(job)).isEqualTo(series);
    }

    @Test
    @DisplayName("S12: the first jobs have a series each, all later ones share one")
    void laterJobsShareASeries() {
        assertThat(IntStream.range(0, 10_000).mapToObj(number -> names.seriesOf("job" + number)))
                .startsWith("job0", "job1")
                .contains("job" + (JobNames.MOST - 1))
                .doesNotContain("job" + JobNames.MOST)
                .contains(JobNames.OTHER);
        assertThat(names.seriesOf("job99-1")).isEqualTo("job99");
        assertThat(names.seriesOf("job100")).isEqualTo(JobNames.OTHER);
    }
}
