package io.github.graceful4j.spring.worksource;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Timeout(120)
class TemporalSourcesTests {

    private static final String QUEUE = "queue";

    private final Trial trial = new Trial(Application.class, "workerFactory", "temporal", TemporalSourcesTests::begin);

    /** The activity. */
    @ActivityInterface
    public interface Work {

        void work();
    }

    /** The workflow. */
    @WorkflowInterface
    public interface Flow {

        @WorkflowMethod
        void run();
    }

    /** A workflow of one activity. */
    public static final class OneActivity implements Flow {

        @Override
        public void run() {
            Workflow.newActivityStub(
                            Work.class,
                            ActivityOptions.newBuilder()
                                    .setStartToCloseTimeout(Duration.ofMinutes(5))
                                    .build())
                    .work();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean(destroyMethod = "close")
        TestWorkflowEnvironment testEnvironment() {
            return TestWorkflowEnvironment.newInstance();
        }

        // As Temporal's own starter has it: told to shut down in its destruction, and not waited for.
        @Bean(destroyMethod = "shutdown")
        WorkerFactory workerFactory(TestWorkflowEnvironment testEnvironment, Task task) {
            Worker worker = testEnvironment.newWorker(QUEUE);
            worker.registerWorkflowImplementationTypes(OneActivity.class);
            worker.registerActivitiesImplementations((Work) task::work);
            testEnvironment.start();
            return testEnvironment.getWorkerFactory();
        }
    }

    private static void begin(ConfigurableApplicationContext context, Task task) {
        Flow flow = context.getBean(TestWorkflowEnvironment.class)
                .getWorkflowClient()
                .newWorkflowStub(
                        Flow.class,
                        WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
        WorkflowClient.start(flow::run);
    }

    @Test
    @DisplayName("S21: no activity of Temporal is under way before shutdown jobs run")
    void shutdownJobsWait() throws Exception {
        trial.shutdownJobsWait();
    }

    @Test
    @DisplayName("S21: switched off, shutdown jobs do not wait for an activity of Temporal")
    void shutdownJobsDoNotWaitIfSwitchedOff() throws Exception {
        trial.shutdownJobsDoNotWaitIfSwitchedOff();
    }

    @Test
    @DisplayName("S21: an activity of Temporal that hangs is given up in time, and named")
    void hangingTaskIsGivenUp() throws Exception {
        trial.busySourceIsGivenUp();
    }

    @Test
    @DisplayName("S21: a stop and a start of the context leaves the workers as it is")
    void stopAndStartLeavesItAlone() throws Exception {
        trial.stopAndStartLeavesItAlone();
    }
}
