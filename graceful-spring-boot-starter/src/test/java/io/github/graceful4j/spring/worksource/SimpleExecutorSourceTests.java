package io.github.graceful4j.spring.worksource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/** Executors that start a thread for each task; on JDK 17, a platform thread. */
@Timeout(120)
class SimpleExecutorSourceTests {

    private final Trial trial = new Trial(Application.class, "executor", "executors", SimpleExecutorSourceTests::begin);

    /** Has an asynchronous method. */
    static class Service {

        private final Task task;

        Service(Task task) {
            this.task = task;
        }

        @Async("executor")
        void work() {
            task.work();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync(proxyTargetClass = true)
    static class Application {

        @Bean
        Service service(Task task) {
            return new Service(task);
        }

        @Bean
        SimpleAsyncTaskExecutor executor() {
            SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("simple-");
            executor.setVirtualThreads(Runtime.version().feature() >= 21);
            return executor;
        }
    }

    private static void begin(ConfigurableApplicationContext context, Task task) {
        context.getBean(Service.class).work();
    }

    @Test
    @DisplayName("S21: no task of a simple executor is under way before shutdown jobs run")
    void shutdownJobsWait() throws Exception {
        trial.shutdownJobsWait();
    }

    @Test
    @DisplayName("S21: switched off, shutdown jobs do not wait for a task of a simple executor")
    void shutdownJobsDoNotWaitIfSwitchedOff() throws Exception {
        trial.shutdownJobsDoNotWaitIfSwitchedOff();
    }

    @Test
    @DisplayName("S21: a task of a simple executor that hangs is given up in time, and named")
    void hangingTaskIsGivenUp() throws Exception {
        trial.busySourceIsGivenUp();
    }

    @Test
    @DisplayName("S21: a stop and a start of the context leaves the executor as it is")
    void stopAndStartLeavesItAlone() throws Exception {
        trial.stopAndStartLeavesItAlone();
    }

    @Test
    @DisplayName("S21: what decorates the tasks of an executor by itself still does")
    void decoratorStays() {
        List<String> events = new CopyOnWriteArrayList<>();
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
        executor.setTaskDecorator(task -> () -> {
            events.add("decorated");
            task.run();
        });

        SimpleExecutorSource.of(executor);
        executor.submitCompletable(() -> events.add("run")).join();

        assertThat(events).containsExactly("decorated", "run");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "there are no virtual threads before")
    @DisplayName("S21: no @Async task on Spring Boot's virtual threads is under way before shutdown jobs run")
    void shutdownJobsWaitForVirtualThreads() throws Exception {
        new Trial(BootApplication.class, "applicationTaskExecutor", "executors", SimpleExecutorSourceTests::begin)
                .shutdownJobsWait("spring.threads.virtual.enabled=true");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync(proxyTargetClass = true)
    static class BootApplication {

        @Bean
        BootService service(Task task) {
            return new BootService(task);
        }
    }

    /** Has an asynchronous method, on Spring Boot's executor. */
    static class BootService extends Service {

        private final Task task;

        BootService(Task task) {
            super(task);
            this.task = task;
        }

        @Async
        @Override
        void work() {
            task.work();
        }
    }
}
