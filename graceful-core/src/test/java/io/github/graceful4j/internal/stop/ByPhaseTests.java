package io.github.graceful4j.internal.stop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.internal.job.ShutdownJob;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ByPhaseTests {

    private final ByPhase<ShutdownJob> jobs = new ByPhase<>();

    private ShutdownJob added(String name, int phase) {
        ShutdownJob job = TestJobs.shutdownJob(name, phase);
        jobs.add(job);
        return job;
    }

    @Test
    @DisplayName("C13: a phase has its jobs in the order in which they were added, whichever were removed")
    void orderIsKept() {
        List<ShutdownJob> left = new ArrayList<>(
                IntStream.range(0, 20).mapToObj(i -> added("job-" + i, 7)).toList());

        for (int index : new int[] {0, 18, 9, 9, 3, 3, 3, 0, 1, 4, 5, 0, 0, 2, 1}) {
            jobs.remove(left.remove(index));
            assertThat(jobs.in(7)).isEqualTo(left);
        }
        left.add(added("last", 7));

        assertThat(jobs.in(7)).isEqualTo(left);
        assertThat(jobs.between(6, 7)).isEqualTo(left);
    }

    @Test
    @DisplayName("C13: a job that is removed twice, or was never there, takes no other with it")
    void removedOnce() {
        ShutdownJob first = added("first", 0);
        ShutdownJob second = added("second", 0);
        ShutdownJob third = added("third", 0);

        jobs.remove(first);
        jobs.remove(first);
        jobs.remove(TestJobs.shutdownJob("stranger", 0));
        jobs.remove(TestJobs.shutdownJob("stranger", 1));

        assertThat(jobs.in(0)).containsExactly(second, third);
    }

    @Test
    @DisplayName("C13: a phase is there from its first job until its last is removed")
    void phaseEndsWithItsLastJob() {
        ShutdownJob low = added("low", Integer.MIN_VALUE);
        ShutdownJob high = added("high", Integer.MAX_VALUE);
        ShutdownJob higher = added("higher", Integer.MAX_VALUE);
        assertThat(jobs.phases()).containsExactly(Integer.MIN_VALUE, Integer.MAX_VALUE);
        assertThat(jobs.highestBelow(ByPhase.ABOVE_ALL)).isEqualTo(Integer.MAX_VALUE);
        assertThat(jobs.between(ByPhase.BELOW_ALL, Integer.MAX_VALUE)).containsExactly(low, high, higher);

        jobs.remove(high);
        jobs.remove(higher);

        assertThat(jobs.phases()).containsExactly(Integer.MIN_VALUE);
        assertThat(jobs.highestBelow(ByPhase.ABOVE_ALL)).isEqualTo(Integer.MIN_VALUE);
        assertThat(jobs.highestBelow(Integer.MIN_VALUE)).isEqualTo(ByPhase.BELOW_ALL);
        assertThat(jobs.hasUpTo(Integer.MAX_VALUE)).isTrue();
        assertThat(jobs.between(Integer.MIN_VALUE, Integer.MAX_VALUE)).isEmpty();
        jobs.remove(low);
        assertThat(jobs.hasUpTo(Integer.MAX_VALUE)).isFalse();
        assertThat(jobs.between(ByPhase.BELOW_ALL, Integer.MAX_VALUE)).isEmpty();
    }
}
