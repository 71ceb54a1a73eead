package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobQuery;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobQueryTests {

    private final GracefulManager manager =
            GracefulManager.builder().autoStart(false).signals(false).build();

    @BeforeEach
    void addJobs() {
        manager.addRunningJob("orders-1", context -> {});
        manager.addRunningJob("orders-2", context -> {});
        manager.addRunningJob("import", context -> {});
        manager.addShutdownJob("flush-orders", context -> {});
        manager.jobControl().stop("orders-2");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    @DisplayName("C22: some of the jobs can be asked for: by kind, state and name, and a few at a time")
    void querySelects() {
        assertThat(manager.jobs(JobQuery.first(2)))
                .extracting(JobSnapshot::job)
                .containsExactly("orders-1", "orders-2");
        assertThat(manager.jobs(new JobQuery(JobKind.SHUTDOWN, null, "", 0, 9)))
                .extracting(JobSnapshot::job)
                .containsExactly("flush-orders");
        assertThat(manager.jobs(new JobQuery(null, JobState.STOPPED, "", 0, 9)))
                .extracting(JobSnapshot::job)
                .containsExactly("orders-2");
        assertThat(manager.jobs(new JobQuery(null, null, "orders", 1, 2)))
                .extracting(JobSnapshot::job)
                .containsExactly("orders-2", "flush-orders");
        assertThat(manager.jobs(JobQuery.first(0))).isEmpty();
    }

    @Test
    @DisplayName("C22: jobs are counted by kind and state")
    void jobsAreCounted() {
        assertThat(manager.jobCount(JobKind.RUNNING, JobState.WAITING)).isEqualTo(2);
        assertThat(manager.jobCount(JobKind.RUNNING, JobState.STOPPED)).isOne();
        assertThat(manager.jobCount(JobKind.RUNNING, JobState.ACTIVE)).isZero();
        assertThat(manager.jobCount(JobKind.SHUTDOWN, JobState.WAITING)).isOne();
    }

    @Test
    @DisplayName("C22: one job can be asked for by its name and kind")
    void oneJob() {
        JobSnapshot job = manager.jobControl().snapshot("import", JobKind.RUNNING);

        assertThat(job).isNotNull().extracting(JobSnapshot::job).isEqualTo("import");
        assertThat(manager.jobControl().snapshot("import", JobKind.SHUTDOWN)).isNull();
    }

    @Test
    @DisplayName("C22: a query with a negative number is refused")
    void negativeNumbersAreRefused() {
        assertThatThrownBy(() -> JobQuery.first(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> new JobQuery(null, null, "", -7, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-7");
    }
}
