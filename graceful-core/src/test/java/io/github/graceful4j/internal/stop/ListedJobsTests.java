package io.github.graceful4j.internal.stop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.internal.job.ShutdownJob;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.PhaseResult;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many jobs a report lists; which of them is a matter of {@code JobListingTests}. */
class ListedJobsTests {

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "999, 0", "1000, 0", "1001, 1", "1500, 500"})
    @DisplayName("C18: of the jobs that did not end badly, a phase lists up to 1,000, and says how many more there are")
    void noMoreThanSomebodyLooksAt(int count, int omitted) {
        List<ShutdownJob> jobs = IntStream.range(0, count)
                .mapToObj(i -> TestJobs.shutdownJob("job-" + i, 0))
                .toList();

        JobListing listing = new JobListing(List.of(), new Ends(0), jobs);

        assertThat(listing.omitted()).isEqualTo(omitted);
        assertThat(listing.listed())
                .hasSize(Math.min(count, PhaseResult.MOST_LISTED))
                .extracting(JobResult::outcome)
                .allMatch(outcome -> outcome == JobOutcome.SKIPPED);
    }
}
