package io.github.graceful4j.compatibility.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.stream.binder.test.InputDestination;
import org.springframework.cloud.stream.binder.test.TestChannelBinderConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.support.GenericMessage;

/** Real bindings of Spring Cloud Stream, to a broker in this process. */
@Timeout(300)
@ResourceLock(Resources.SYSTEM_OUT)
class CloudStreamIT {

    @TempDir
    private Path directory;

    @Test
    @DisplayName(
            "S21: consumers of Spring Cloud Stream stop in phase MAX - 3000, after running jobs in their usual phase")
    void consumersStopAfterRunningJobs() throws IOException {
        Stop consumers = stopWith();

        assertThat(consumers.phase()).isEqualTo(Integer.MAX_VALUE - 3_000);
        assertThat(consumers.began()).isGreaterThanOrEqualTo(consumers.jobEnded());
    }

    @Test
    @DisplayName(
            "S21: with the phase that the README says, running jobs end after the consumers of Spring Cloud Stream")
    void runningJobsEndAfterConsumers() throws IOException {
        Stop consumers = stopWith("--graceful.running-jobs.phase=2147480646");

        assertThat(consumers.phase()).isEqualTo(Integer.MAX_VALUE - 3_000);
        assertThat(consumers.ended()).isLessThanOrEqualTo(consumers.jobBegan());
    }

    /** When the consumers stopped, and when the job did, in seconds after the close began. */
    private record Stop(int phase, double began, double ended, double jobBegan, double jobEnded) {}

    private Stop stopWith(String... arguments) throws IOException {
        Path file = directory.resolve("shutdown.json");
        ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "logging.level.root=warn",
                        "eureka.client.enabled=false",
                        "spring.cloud.function.definition=orders",
                        "graceful.report.file=" + file)
                .run(arguments);
        application
                .getBean(InputDestination.class)
                .send(new GenericMessage<>("order".getBytes(StandardCharsets.UTF_8)), "orders-in-0");
        assertThat(application.getBean(Application.class).received).containsExactly("order");

        application.close();

        String report = Files.readString(file);
        assertThat(JsonPath.<String>read(report, "$.outcome")).isEqualTo("CLEAN");
        double began = number(report, "$.steps[?(@.name=='inputBindingLifecycle')].began");
        double jobBegan = number(report, "$.phases[*].jobs[?(@.job=='application.work')].began");
        return new Stop(
                (int) number(report, "$.steps[?(@.name=='inputBindingLifecycle')].phase"),
                began,
                began + number(report, "$.steps[?(@.name=='inputBindingLifecycle')].elapsed"),
                jobBegan,
                jobBegan + number(report, "$.phases[*].jobs[?(@.job=='application.work')].elapsed"));
    }

    private static double number(String report, String path) {
        List<Number> found = JsonPath.read(report, path);
        assertThat(found).as("%s in %s", path, report).hasSize(1);
        return found.get(0).doubleValue();
    }

    @Configuration(value = "application", proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(TestChannelBinderConfiguration.class)
    static class Application {

        private final List<String> received = Collections.synchronizedList(new ArrayList<>());

        @Bean
        Consumer<String> orders() {
            return received::add;
        }

        @RunningJob
        void work(JobContext context) throws InterruptedException {
            context.awaitCancellation();
        }
    }
}
