package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PausedPhasesTests {

    private final GracefulManager manager =
            GracefulManager.builder().signals(false).build();

    private JobState stateOf(String name) {
        return manager.jobs().stream()
                .filter(job -> job.job().equals(name))
                .map(JobSnapshot::state)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("C4: a pause stops the jobs of its phase and of all above it, and no others")
    void lowerPhasesGoOn() throws Exception {
        for (int phase : new int[] {-1, 0, 1}) {
            manager.addRunningJob(
                    "job" + phase,
                    JobContext::awaitCancellation,
                    RunningJobOptions.defaults().withPhase(phase));
        }
        Waiting.until(() -> manager.jobs().stream().allMatch(job -> job.state() == JobState.ACTIVE));

        Waiting.forResult(manager.phaseControl().pause(0));

        assertThat(stateOf("job1")).isNotEqualTo(JobState.ACTIVE);
        assertThat(stateOf("job0")).isNotEqualTo(JobState.ACTIVE);
        assertThat(stateOf("job-1")).isEqualTo(JobState.ACTIVE);
        manager.phaseControl().start(1);
        Waiting.until(() -> manager.jobs().stream().allMatch(job -> job.state() == JobState.ACTIVE));
        manager.close();
    }
}
