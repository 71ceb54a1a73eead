package io.github.graceful4j.spring.worksource;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.report.ShutdownReport;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quartz.InterruptableJob;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.scheduling.quartz.SpringBeanJobFactory;

@Timeout(120)
class QuartzSourcesTests {

    private final Trial trial = new Trial(Application.class, "scheduler", "quartz", QuartzSourcesTests::begin);

    /** A job of Quartz. */
    public static final class QuartzJob implements Job {

        private final Task task;

        public QuartzJob(Task task) {
            this.task = task;
        }

        @Override
        public void execute(JobExecutionContext context) {
            task.work();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        SchedulerFactoryBean scheduler(ConfigurableApplicationContext context) {
            SpringBeanJobFactory jobs = new SpringBeanJobFactory();
            jobs.setApplicationContext(context);
            SchedulerFactoryBean factory = new SchedulerFactoryBean();
            factory.setJobFactory(jobs);
            return factory;
        }
    }

    private static void begin(ConfigurableApplicationContext context, Task task) {
        begin(context, QuartzJob.class);
    }

    private static void begin(ConfigurableApplicationContext context, Class<? extends Job> job) {
        try {
            context.getBean(Scheduler.class)
                    .scheduleJob(
                            JobBuilder.newJob(job).build(),
                            TriggerBuilder.newTrigger().startNow().build());
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("S21: no job of Quartz is under way before shutdown jobs run")
    void shutdownJobsWait() throws Exception {
        trial.shutdownJobsWait();
    }

    @Test
    @DisplayName("S21: switched off, shutdown jobs do not wait for a job of Quartz")
    void shutdownJobsDoNotWaitIfSwitchedOff() throws Exception {
        trial.shutdownJobsDoNotWaitIfSwitchedOff();
    }

    @Test
    @DisplayName("S21: a job of Quartz that hangs is given up in time, and named")
    void hangingTaskIsGivenUp() throws Exception {
        trial.busySourceIsGivenUp();
    }

    @Test
    @DisplayName("S21: a stop and a start of the context leaves the scheduler as it is")
    void stopAndStartLeavesItAlone() throws Exception {
        trial.stopAndStartLeavesItAlone();
    }

    /** A job that ends when it is interrupted. */
    public static final class InterruptedJob implements InterruptableJob {

        private final CountDownLatch interrupted = new CountDownLatch(1);
        private final Task task;

        public InterruptedJob(Task task) {
            this.task = task;
        }

        @Override
        public void execute(JobExecutionContext context) {
            task.end();
            task.work();
            try {
                interrupted.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void interrupt() {
            interrupted.countDown();
        }
    }

    @Test
    @DisplayName("S21: a job of Quartz that can be interrupted is, when time is nearly up")
    void interruptableJobIsInterrupted() throws Exception {
        Trial interrupting = new Trial(
                Application.class, "scheduler", "quartz", (context, task) -> begin(context, InterruptedJob.class));

        ShutdownReport report = interrupting.close("graceful.grace-period=4s");

        assertThat(report.jobs())
                .filteredOn(job -> job.job().equals("scheduler"))
                .extracting(JobResult::outcome)
                .containsExactly(JobOutcome.INTERRUPTED);
    }
}
