package io.github.graceful4j.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Timeout(60)
class JobsStartTests {

    private static ConfigurableApplicationContext start(String... arguments) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties("logging.level.root=warn")
                .run(arguments);
    }

    @Test
    @DisplayName("S5: running jobs start before the runners of the application")
    void beforeRunners() throws InterruptedException {
        try (ConfigurableApplicationContext context = start()) {
            Application application = context.getBean(Application.class);
            application.working.await();

            assertThat(application.stateInRunner).isNotEqualTo(JobState.WAITING);
        }
    }

    @Test
    @DisplayName("S5: on request, running jobs start when the application is ready, also again")
    void whenReady() throws InterruptedException {
        try (ConfigurableApplicationContext context = start("--graceful.running-jobs.start=ready")) {
            Application application = context.getBean(Application.class);
            application.working.await();
            assertThat(application.stateInRunner).isEqualTo(JobState.WAITING);

            context.stop();
            assertThat(application.events).containsExactly("begun", "ended");
            context.start();
            assertThat(context.getBean(GracefulManager.class).jobCount(JobKind.RUNNING, JobState.WAITING))
                    .isZero();
        }
    }

    @Test
    @DisplayName("S5: on request, running jobs are not started, while shutdown jobs run")
    void never() {
        ConfigurableApplicationContext context = start("--graceful.running-jobs.auto-startup=false");
        Application application = context.getBean(Application.class);
        GracefulManager manager = context.getBean(GracefulManager.class);
        assertThat(manager.jobCount(JobKind.RUNNING, JobState.WAITING)).isOne();

        context.stop();
        context.start();
        context.close();

        assertThat(application.events).containsExactly("flushed");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        private final List<String> events = new CopyOnWriteArrayList<>();
        private final CountDownLatch working = new CountDownLatch(1);
        private volatile JobState stateInRunner = JobState.STOPPED;

        @RunningJob
        void work(JobContext context) throws InterruptedException {
            events.add("begun");
            working.countDown();
            context.awaitCancellation();
            events.add("ended");
        }

        @ShutdownJob
        void flush() {
            events.add("flushed");
        }

        @Bean
        ApplicationRunner runner(GracefulManager manager) {
            return arguments -> stateInRunner = manager.jobs().get(0).state();
        }
    }
}
