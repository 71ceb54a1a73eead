package io.github.graceful4j.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

@Tag("actuator")
@Timeout(120)
class ActuatorIT {

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    @DisplayName("S17: S13: the endpoint, health and meters are to be seen on the management port")
    void managementPortShowsJobs() throws Exception {
        try (ConfigurableApplicationContext application = WebApplication.start()) {
            assertThat(get(application, "/graceful").body())
                    .contains("\"state\":\"RUNNING\"", "orders.settle", "orders.flush", "orders.sumUp");
            assertThat(get(application, "/health").body()).contains("\"status\":\"UP\"");
            assertThat(get(application, "/health/readiness").statusCode()).isEqualTo(200);
            assertThat(get(application, "/metrics/graceful.job").body()).contains("orders.settle", "abandoned");
            assertThat(get(application, "/prometheus").body())
                    .contains("graceful_jobs{kind=\"running\",state=\"running\"} 1.0")
                    .contains("graceful_shutdown_seconds_count{outcome=\"clean\"} 0")
                    .contains("jvm_threads_live_threads");
        }
    }

    @Test
    @DisplayName("S17: S12: S13: the management port answers while jobs stop, and shows it")
    void managementPortAnswersWhileJobsStop() throws Exception {
        ConfigurableApplicationContext application = WebApplication.start();
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        application.getBean(GracefulManager.class).addRunningJob("late", context -> {
            context.awaitCancellation();
            stopping.countDown();
            asked.await();
        });

        CompletableFuture<Void> closed = CompletableFuture.runAsync(application::close);
        stopping.await();

        try {
            assertThat(get(application, "/graceful").body()).contains("\"state\":\"SHUTTING_DOWN\"", "\"remaining\":");
            assertThat(get(application, "/health/readiness").statusCode()).isEqualTo(503);
            assertThat(get(application, "/health/liveness").statusCode()).isEqualTo(200);
            assertThat(get(application, "/prometheus").body())
                    .contains("graceful_jobs{kind=\"running\",state=\"stopping\"}")
                    .doesNotContain("graceful_shutdown_remaining_seconds NaN");
        } finally {
            asked.countDown();
            closed.join();
        }
    }

    private HttpResponse<String> get(ConfigurableApplicationContext application, String path)
            throws IOException, InterruptedException {
        String port = application.getEnvironment().getRequiredProperty("local.management.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator" + path))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
