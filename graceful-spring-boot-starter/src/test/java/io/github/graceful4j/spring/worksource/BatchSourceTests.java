package io.github.graceful4j.spring.worksource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.dao.OptimisticLockingFailureException;

class BatchSourceTests {

    private final List<Long> told = new ArrayList<>();

    private BatchSource sourceThatFails(int times) throws Exception {
        BatchSource source = new BatchSource(execution -> {
            told.add(execution);
            if (told.size() <= times) {
                throw new OptimisticLockingFailureException("a step was faster");
            }
            return true;
        });
        begin(7, source);
        return source;
    }

    private void begin(long number, BatchSource source) throws Exception {
        JobExecution execution = new JobExecution(number, new JobInstance(1, "import"), new JobParameters());
        source.invoke(
                this, JobExecutionListener.class.getMethod("beforeJob", JobExecution.class), new Object[] {execution});
    }

    @Test
    @DisplayName("S21: an execution that can't be told to stop keeps no other from being told")
    void tellsTheOthers() throws Exception {
        BatchSource source = sourceThatFails(Integer.MAX_VALUE);
        begin(8, source);

        assertThatThrownBy(source::stopTaking).isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(told).contains(7L, 8L);
    }

    @Test
    @DisplayName("S21: an execution whose step writes itself at the same moment is told to stop all the same")
    void tellsAgain() throws Exception {
        sourceThatFails(2).stopTaking();

        assertThat(told).containsExactly(7L, 7L, 7L);
    }

    @Test
    @DisplayName("S21: an execution that can't be told to stop is not tried for ever")
    void givesUpTelling() throws Exception {
        BatchSource source = sourceThatFails(Integer.MAX_VALUE);

        assertThatThrownBy(source::stopTaking).isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(source.underWay()).isOne();
    }
}
