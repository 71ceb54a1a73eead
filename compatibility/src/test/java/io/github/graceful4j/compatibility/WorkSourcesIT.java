package io.github.graceful4j.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.scheduling.quartz.SpringBeanJobFactory;

@Timeout(300)
@ResourceLock(WebApplication.IN_THIS_JVM)
class WorkSourcesIT {

    @ParameterizedTest
    @MethodSource("sources")
    @DisplayName("S17: S21: shutdown jobs run when nothing of a work source is under way")
    void shutdownJobsWait(BiConsumer<ConfigurableApplicationContext, UnderWay> begin) throws Exception {
        ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run("--spring.main.banner-mode=off");
        UnderWay task = application.getBean(UnderWay.class);
        GracefulManager manager = application.getBean(GracefulManager.class);
        begin.accept(application, task);
        task.awaitBegin();

        CompletableFuture<Void> closing =
                CompletableFuture.runAsync(application::close, work -> new Thread(work).start());
        task.endWhenWaitedFor(manager);
        closing.get(1, TimeUnit.MINUTES);

        assertThat(task.endedBeforeShutdownJobs()).isTrue();
    }

    static Stream<Named<BiConsumer<ConfigurableApplicationContext, UnderWay>>> sources() {
        return Stream.of(
                Named.of("Quartz", WorkSourcesIT::beginWithQuartz),
                Named.of(
                        "an executor without a pool",
                        (application, task) -> application
                                .getBean(SimpleAsyncTaskExecutor.class)
                                .execute(task::work)),
                Named.of(
                        "a pool that waits at its destruction",
                        (application, task) -> application
                                .getBean("pool", ThreadPoolTaskExecutor.class)
                                .execute(task::work)));
    }

    private static void beginWithQuartz(ConfigurableApplicationContext application, UnderWay task) {
        try {
            application
                    .getBean(Scheduler.class)
                    .scheduleJob(
                            JobBuilder.newJob(QuartzJob.class).build(),
                            TriggerBuilder.newTrigger().startNow().build());
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A job of Quartz. */
    public static final class QuartzJob implements Job {

        private final UnderWay task;

        QuartzJob(UnderWay task) {
            this.task = task;
        }

        @Override
        public void execute(JobExecutionContext context) {
            task.work();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        UnderWay underWay() {
            return new UnderWay();
        }

        @Bean
        SimpleAsyncTaskExecutor simple() {
            return new SimpleAsyncTaskExecutor();
        }

        @Bean
        ThreadPoolTaskExecutor pool() {
            ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
            pool.setWaitForTasksToCompleteOnShutdown(true);
            return pool;
        }

        @Bean
        SchedulerFactoryBean scheduler(ConfigurableApplicationContext application) {
            SpringBeanJobFactory jobs = new SpringBeanJobFactory();
            jobs.setApplicationContext(application);
            SchedulerFactoryBean factory = new SchedulerFactoryBean();
            factory.setJobFactory(jobs);
            return factory;
        }
    }
}
