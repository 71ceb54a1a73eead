package io.github.graceful4j.spring.worksource;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.spring.ShutdownJob;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.support.JdbcTransactionManager;

@Timeout(120)
class BatchSourcesTests {

    private static final AtomicInteger FIRST = new AtomicInteger(1);

    private static final List<String> STATUSES = new CopyOnWriteArrayList<>();

    private final Trial trial = new Trial(Application.class, "batch", "batch", BatchSourcesTests::begin);

    @Configuration(proxyBeanMethods = false)
    @EnableBatchProcessing
    @EnableJdbcJobRepository
    static class Application {

        @Bean
        DataSource dataSource() {
            return new EmbeddedDatabaseBuilder()
                    .setType(EmbeddedDatabaseType.H2)
                    .generateUniqueName(true)
                    .addScript("/org/springframework/batch/core/schema-h2.sql")
                    .build();
        }

        /**
         * Spring Batch has one map of executions by their numbers for the whole JVM, which two applications share here.
         */
        @Bean
        InitializingBean numbers(DataSource dataSource) {
            int first = FIRST.getAndAdd(1_000);
            return () -> {
                JdbcTemplate database = new JdbcTemplate(dataSource);
                for (String what : List.of("JOB_INSTANCE", "JOB_EXECUTION", "STEP_EXECUTION")) {
                    database.execute("alter sequence BATCH_" + what + "_SEQ restart with " + first);
                }
            };
        }

        @Bean
        JdbcTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        /** A job of two chunks, of which the first is the task. */
        @Bean
        Job importJob(JobRepository repository, JdbcTransactionManager transactions, Task task) {
            AtomicInteger chunks = new AtomicInteger();
            return new JobBuilder("import", repository)
                    .start(new StepBuilder("chunks", repository)
                            .tasklet(
                                    (contribution, context) -> {
                                        if (chunks.incrementAndGet() == 2) {
                                            return RepeatStatus.FINISHED;
                                        }
                                        task.work();
                                        return RepeatStatus.CONTINUABLE;
                                    },
                                    transactions)
                            .build())
                    .build();
        }

        @Bean
        StatusReader statusReader(DataSource dataSource) {
            return new StatusReader(new JdbcTemplate(dataSource));
        }
    }

    /** Reads how the execution ended while shutdown jobs run. */
    record StatusReader(JdbcTemplate database) {

        @ShutdownJob
        void read() {
            STATUSES.addAll(database.queryForList("select status from batch_job_execution", String.class));
        }
    }

    private static void begin(ConfigurableApplicationContext context, Task task) {
        JobOperator operator = context.getBean(JobOperator.class);
        Job job = context.getBean(Job.class);
        Thread launching = new Thread(() -> {
            try {
                operator.start(job, new JobParameters());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        launching.setDaemon(true);
        launching.start();
    }

    @Test
    @DisplayName("S21: executions of batch jobs are stopped before shutdown jobs run, which find them STOPPED")
    void shutdownJobsWait() throws Exception {
        STATUSES.clear();

        trial.shutdownJobsWait();

        assertThat(STATUSES).containsExactly("STOPPED");
    }

    @Test
    @DisplayName("S21: switched off, shutdown jobs do not wait for an execution of a batch job")
    void shutdownJobsDoNotWaitIfSwitchedOff() throws Exception {
        STATUSES.clear();

        trial.shutdownJobsDoNotWaitIfSwitchedOff();

        assertThat(STATUSES).containsExactly("STARTED");
    }

    @Test
    @DisplayName("S21: an execution of a batch job that hangs is given up in time, and named")
    void hangingTaskIsGivenUp() throws Exception {
        trial.busySourceIsGivenUp();
    }

    @Test
    @DisplayName("S21: a stop and a start of the context leaves batch jobs as they are")
    void stopAndStartLeavesItAlone() throws Exception {
        trial.stopAndStartLeavesItAlone();
    }
}
