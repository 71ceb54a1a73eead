package io.github.graceful4j.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.context.ConfigurableApplicationContext;

@Tag("actuator")
@Timeout(300)
@ResourceLock(WebApplication.IN_THIS_JVM)
class ActuatorIT {

    @Test
    @DisplayName("S17: S13: the endpoint, health and meters are to be seen on the management port")
    void managementPortShowsJobs() throws Exception {
        try (ConfigurableApplicationContext application = WebApplication.start()) {
            ManagementPort port = ManagementPort.of(application);

            assertThat(port.get("/graceful").body())
                    .contains("\"state\":\"STARTED\"", "orders.settle", "orders.flush", "orders.sumUp");
            assertThat(port.get("/health").body()).contains("\"status\":\"UP\"");
            assertThat(port.get("/health/readiness").statusCode()).isEqualTo(200);
            assertThat(port.get("/metrics/graceful.job").body()).contains("orders.settle", "abandoned");
            assertThat(port.get("/prometheus").body())
                    .contains("graceful_jobs{kind=\"running\",state=\"active\"} 1.0")
                    .contains("graceful_shutdown_seconds_count{outcome=\"clean\"} 0")
                    .contains("jvm_threads_live_threads");
        }
    }

    @Test
    @DisplayName("S17: S12: S13: the management port answers while jobs stop, and shows it")
    void managementPortAnswersWhileJobsStop() throws Exception {
        ConfigurableApplicationContext application = WebApplication.start();
        ManagementPort port = ManagementPort.of(application);
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        application.getBean(GracefulManager.class).addRunningJob("late", context -> {
            context.awaitCancellation();
            stopping.countDown();
            asked.await();
        });

        CompletableFuture<Void> closed =
                CompletableFuture.runAsync(application::close, work -> new Thread(work).start());
        stopping.await();

        try {
            assertThat(port.get("/graceful").body()).contains("\"state\":\"SHUTTING_DOWN\"", "\"remaining\":");
            assertThat(port.get("/health/readiness").statusCode()).isEqualTo(503);
            assertThat(port.get("/health/liveness").statusCode()).isEqualTo(200);
            assertThat(port.get("/prometheus").body())
                    .contains("graceful_jobs{kind=\"running\",state=\"stopping\"}")
                    .doesNotContain("graceful_shutdown_remaining_seconds NaN");
        } finally {
            asked.countDown();
            closed.join();
        }
    }
}
