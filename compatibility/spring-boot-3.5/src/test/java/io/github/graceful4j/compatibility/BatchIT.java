package io.github.graceful4j.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.Job;
import org.springframework.batch.core.JobExecution;
import org.springframework.batch.core.JobParameters;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.launch.JobLauncher;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.repeat.RepeatStatus;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Spring Batch 5, whose types are in other packages than those of the line that the starter is compiled with. */
@Timeout(300)
@ResourceLock(WebApplication.IN_THIS_JVM)
class BatchIT {

    @Test
    @DisplayName("S17: S21: an execution of a batch job is stopped before shutdown jobs run")
    void executionIsStopped() throws Exception {
        ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run("--spring.main.banner-mode=off", "--spring.batch.job.enabled=false");
        UnderWay task = application.getBean(UnderWay.class);
        GracefulManager manager = application.getBean(GracefulManager.class);
        JobLauncher launcher = application.getBean(JobLauncher.class);
        Job job = application.getBean(Job.class);
        CompletableFuture<JobExecution> execution =
                CompletableFuture.supplyAsync(() -> run(launcher, job), work -> new Thread(work).start());
        task.awaitBegin();

        CompletableFuture<Void> closing =
                CompletableFuture.runAsync(application::close, work -> new Thread(work).start());
        task.endWhenWaitedFor(manager);
        closing.get(1, TimeUnit.MINUTES);

        assertThat(task.endedBeforeShutdownJobs()).isTrue();
        assertThat(execution.get(1, TimeUnit.MINUTES).getStatus()).isEqualTo(BatchStatus.STOPPED);
    }

    private static JobExecution run(JobLauncher launcher, Job job) {
        try {
            return launcher.run(job, new JobParameters());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableBatchProcessing
    static class Application {

        @Bean
        UnderWay underWay() {
            return new UnderWay();
        }

        @Bean
        DataSource dataSource() {
            return new EmbeddedDatabaseBuilder()
                    .setType(EmbeddedDatabaseType.H2)
                    .generateUniqueName(true)
                    .addScript("/org/springframework/batch/core/schema-h2.sql")
                    .build();
        }

        @Bean
        JdbcTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        Job importJob(JobRepository repository, JdbcTransactionManager transactions, UnderWay task) {
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
    }
}
