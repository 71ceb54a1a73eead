package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which jobs a report lists, where there are very many. */
@Timeout(60)
class JobListingTests {

    private static final ShutdownReason REASON = ShutdownReason.requested("test");
    private static final int FAST = 50;

    private final ManualTicker ticker = new ManualTicker();
    private final GracefulManager manager = GracefulManager.builder()
            .signals(false)
            .autoStart(false)
            .ticker(ticker)
            .build();

    private static Job endingWith(CountDownLatch latch, CountDownLatch cancelled) {
        return context -> {
            context.awaitCancellation();
            cancelled.countDown();
            latch.await();
        };
    }

    @Test
    @Tag("rounds")
    @DisplayName("C18: of more than 1,000 jobs that ended well, a phase lists those that took longest, and counts all")
    void slowestAreListed() throws Exception {
        int slow = PhaseResult.MOST_LISTED;
        CountDownLatch cancelled = new CountDownLatch(FAST + slow);
        CountDownLatch fastEnd = new CountDownLatch(1);
        CountDownLatch slowEnd = new CountDownLatch(1);
        for (int i = 0; i < FAST; i++) {
            manager.addRunningJob("fast-" + i, endingWith(fastEnd, cancelled));
        }
        for (int i = 0; i < slow; i++) {
            manager.addRunningJob("slow-" + i, endingWith(slowEnd, cancelled));
        }
        manager.start();

        var done = manager.shutdown(REASON);
        Waiting.forLatch(cancelled);
        ticker.advance(Duration.ofMillis(1));
        fastEnd.countDown();
        Waiting.until(() -> manager.jobs().stream()
                        .filter(job -> job.outcome() == JobOutcome.COMPLETED)
                        .count()
                == FAST);
        ticker.advance(Duration.ofMillis(10));
        slowEnd.countDown();
        PhaseResult phase = Waiting.forResult(done).phases().get(0);

        assertThat(phase.jobCount()).isEqualTo(FAST + slow);
        assertThat(phase.omitted()).isEqualTo(FAST);
        assertThat(phase.jobs()).hasSize(slow).extracting(JobResult::job).allMatch(name -> name.startsWith("slow-"));
    }

    @Test
    @Tag("rounds")
    @DisplayName("C18: each job that did not end well is listed, however many others there are")
    void troubleIsListed() throws Exception {
        List<String> bad = List.of("bad-1", "bad-2");
        manager.addRunningJob("bad-1", failing());
        for (int i = 0; i <= PhaseResult.MOST_LISTED; i++) {
            manager.addRunningJob("good-" + i, context -> {});
        }
        manager.addRunningJob("bad-2", failing());
        manager.start();
        Waiting.until(() -> manager.errors().size() == 2);

        ShutdownReport report = Waiting.forResult(manager.shutdown(REASON));

        assertThat(report.jobCount()).isEqualTo(PhaseResult.MOST_LISTED + 3);
        assertThat(report.phases().get(0).omitted()).isEqualTo(1);
        assertThat(report.jobs())
                .filteredOn(job -> job.outcome() == JobOutcome.FAILED)
                .extracting(JobResult::job)
                .isEqualTo(bad);
    }

    private static Job failing() {
        return context -> {
            throw new IllegalStateException("expected");
        };
    }
}
