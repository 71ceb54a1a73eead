package io.github.graceful4j.spring.worksource;

import java.time.Duration;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.scheduling.BackgroundJob;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.InMemoryStorageProvider;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Timeout(120)
class JobRunrSourcesTests {

    private final Trial trial =
            new Trial(Application.class, "backgroundJobServer", "jobrunr", JobRunrSourcesTests::begin);

    /** What JobRunr calls. */
    public static class Service {

        private final Task task;

        public Service(Task task) {
            this.task = task;
        }

        /** Does the work of a job. */
        public void work() {
            task.work();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        Service service(Task task) {
            return new Service(task);
        }

        @Bean
        StorageProvider storageProvider(ConfigurableApplicationContext context) {
            StorageProvider storage = new InMemoryStorageProvider();
            JobRunr.configure()
                    .useJsonMapper(new Jackson3JsonMapper())
                    .useJobActivator(context::getBean)
                    .useStorageProvider(storage)
                    .initialize();
            return storage;
        }

        @Bean(destroyMethod = "stop")
        BackgroundJobServer backgroundJobServer(
                StorageProvider storageProvider, ConfigurableApplicationContext context) {
            JsonMapper mapper = new Jackson3JsonMapper();
            BackgroundJobServer server = new BackgroundJobServer(
                    storageProvider,
                    mapper,
                    context::getBean,
                    BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                            .andPollInterval(Duration.ofSeconds(5))
                            .andInterruptJobsAwaitDurationOnStopBackgroundJobServer(Duration.ofSeconds(10)));
            server.start();
            return server;
        }
    }

    private static void begin(ConfigurableApplicationContext context, Task task) {
        BackgroundJob.<Service>enqueue(service -> service.work());
    }

    @Test
    @DisplayName("S21: no job of JobRunr is under way before shutdown jobs run")
    void shutdownJobsWait() throws Exception {
        trial.shutdownJobsWait();
    }

    @Test
    @DisplayName("S21: switched off, shutdown jobs do not wait for a job of JobRunr")
    void shutdownJobsDoNotWaitIfSwitchedOff() throws Exception {
        trial.shutdownJobsDoNotWaitIfSwitchedOff();
    }

    @Test
    @DisplayName("S21: a job of JobRunr that hangs is given up in time, and named")
    void hangingTaskIsGivenUp() throws Exception {
        trial.busySourceIsGivenUp();
    }

    @Test
    @DisplayName("S21: a stop and a start of the context leaves the server as it is")
    void stopAndStartLeavesItAlone() throws Exception {
        trial.stopAndStartLeavesItAlone();
    }
}
