package io.github.graceful4j.internal.stop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.internal.job.JobRun;
import io.github.graceful4j.internal.job.ShutdownJob;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.PhaseResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
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

    @Test
    @DisplayName("C18: the jobs that are listed are those that took longest, and each that ended badly")
    void slowestAndBadAreListed() {
        List<ShutdownJob> jobs = new ArrayList<>();
        jobs.add(TestJobs.ended("slow", Duration.ofSeconds(2), false));
        jobs.add(TestJobs.ended("bad", Duration.ofSeconds(1), true));
        for (int i = 0; i < PhaseResult.MOST_LISTED; i++) {
            jobs.add(TestJobs.shutdownJob("job-" + i, 0));
        }

        JobListing listing = new JobListing(List.of(), new Ends(0), jobs);

        assertThat(listing.omitted()).isOne();
        assertThat(listing.listed()).extracting(JobResult::job).startsWith("slow", "bad");
    }

    @Test
    @DisplayName("C18: of each job is noted whether it had ended before, and how long it took if it ended well")
    void endsAreNoted() {
        JobRun well = Objects.requireNonNull(
                TestJobs.ended("well", Duration.ofSeconds(2), false).run());
        JobRun bad = Objects.requireNonNull(
                TestJobs.ended("bad", Duration.ofSeconds(2), true).run());
        Ends ends = new Ends(6);
        ends.ended(0, well);
        ends.ended(1, bad);
        ends.wasOver(2, well);
        ends.wasOver(3, bad);
        ends.wasOver(4, null);

        long took = Duration.ofSeconds(2).toNanos();
        assertThat(IntStream.range(0, 6).mapToLong(ends::wellAfter))
                .containsExactly(took, Ends.NOT_WELL, took, Ends.NOT_WELL, 0L, Ends.NOT_WELL);
        assertThat(IntStream.range(0, 6).mapToObj(ends::wasOver))
                .containsExactly(false, false, true, true, true, false);
    }
}
