package io.github.graceful4j.spring.worksource;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Pools that Spring does not wait for: those that were told to wait at their destruction. */
@Timeout(120)
class PooledExecutorSourceTests {

    private final Trial trial = new Trial(Late.class, "executor", "executors", PooledExecutorSourceTests::begin);

    @Configuration(proxyBeanMethods = false)
    static class Late {

        @Bean
        ThreadPoolTaskExecutor executor() {
            ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
            executor.setWaitForTasksToCompleteOnShutdown(true);
            executor.setAwaitTerminationSeconds(60);
            return executor;
        }
    }

    private static void begin(ConfigurableApplicationContext context, Task task) {
        context.getBean(ThreadPoolTaskExecutor.class).execute(task::work);
    }

    @Test
    @DisplayName("S21: no task of a pool is under way before shutdown jobs run")
    void shutdownJobsWait() throws Exception {
        trial.shutdownJobsWait();
    }

    @Test
    @DisplayName("S21: switched off, shutdown jobs do not wait for a task of a pool")
    void shutdownJobsDoNotWaitIfSwitchedOff() throws Exception {
        trial.shutdownJobsDoNotWaitIfSwitchedOff();
    }

    @Test
    @DisplayName("S21: a task of a pool that hangs is given up in time, and named")
    void hangingTaskIsGivenUp() throws Exception {
        trial.busySourceIsGivenUp();
    }

    @Test
    @DisplayName("S21: a stop and a start of the context leaves the pool as it is")
    void stopAndStartLeavesItAlone() throws Exception {
        trial.stopAndStartLeavesItAlone();
    }

    @Configuration(proxyBeanMethods = false)
    static class LateScheduler {

        @Bean
        ThreadPoolTaskScheduler scheduler() {
            ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
            scheduler.setWaitForTasksToCompleteOnShutdown(true);
            scheduler.setAwaitTerminationSeconds(60);
            return scheduler;
        }
    }

    @Test
    @DisplayName("S21: a scheduler fires no periodic task any more, and what is scheduled for later is not waited for")
    void schedulerIsWaitedFor() throws Exception {
        Trial scheduling = new Trial(LateScheduler.class, "scheduler", "executors", (context, task) -> {
            ThreadPoolTaskScheduler scheduler = context.getBean(ThreadPoolTaskScheduler.class);
            scheduler.getScheduledThreadPoolExecutor().setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            scheduler.scheduleAtFixedRate(task::work, Duration.ofMillis(1));
            scheduler.schedule(() -> {}, Instant.now().plusSeconds(3600));
        });

        scheduling.shutdownJobsWait();
    }

    @Configuration(proxyBeanMethods = false)
    static class OneThread {

        @Bean
        ThreadPoolTaskExecutor executor() {
            ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
            executor.setCorePoolSize(1);
            return executor;
        }
    }

    @Test
    @DisplayName("S21: what is in the queue of a pool is run before shutdown jobs are, and none of it is lost")
    void queueIsRun() throws Exception {
        Task queued = new Task();
        queued.end();
        Trial queueing = new Trial(OneThread.class, "executor", "executors", (context, task) -> {
            ThreadPoolTaskExecutor executor = context.getBean(ThreadPoolTaskExecutor.class);
            executor.execute(task::work);
            executor.execute(queued::work);
            executor.execute(queued::work);
        });

        queueing.shutdownJobsWait();

        assertThat(queued.begun()).isEqualTo(2);
    }
}
