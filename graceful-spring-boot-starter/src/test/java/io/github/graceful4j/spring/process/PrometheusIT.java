package io.github.graceful4j.spring.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.spring.Exposition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
@Timeout(600)
class PrometheusIT {

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    @DisplayName("S12: while jobs stop, Prometheus reads on the management port how the shutdown goes")
    void metersAreScrapedWhileJobsStop(@TempDir Path directory) throws Exception {
        Path end = directory.resolve("end");
        try (ApplicationProcess application = ApplicationProcess.start(
                ScrapedApplication.class,
                "--server.port=0",
                "--management.server.port=0",
                "--management.endpoints.web.exposure.include=prometheus",
                "--graceful.grace-period=100s",
                "--end=" + end)) {
            application.awaitLine("> management port ");
            String port = application.linesAfter("> management port ").get(0);

            Exposition before = scrape(port);
            assertThat(before.value("graceful_jobs", "kind", "running", "state", "active"))
                    .isOne();
            assertThat(before.value("graceful_shutdown_remaining_seconds")).isNaN();
            assertThat(before.value("graceful_job_seconds_count", "name", "jobs.work", "outcome", "completed"))
                    .isZero();

            application.terminate().awaitLine("> stopping");

            Exposition stopping = scrape(port);
            assertThat(stopping.value("graceful_jobs", "kind", "running", "state", "stopping"))
                    .isOne();
            assertThat(stopping.value("graceful_jobs", "kind", "shutdown", "state", "waiting"))
                    .isOne();
            assertThat(stopping.value("graceful_shutdown_remaining_seconds")).isBetween(0.0, 100.0);
            assertThat(stopping.value("graceful_shutdown_elapsed_seconds")).isPositive();

            Exposition later = scrape(port);
            assertThat(later.value("graceful_shutdown_remaining_seconds"))
                    .isLessThan(stopping.value("graceful_shutdown_remaining_seconds"));
            assertThat(later.value("graceful_shutdown_elapsed_seconds"))
                    .isGreaterThan(stopping.value("graceful_shutdown_elapsed_seconds"));

            Files.createFile(end);
            assertThat(application.awaitExit()).isEqualTo(143);
            assertThat(application.linesAfter("> ")).contains("flushed");
        }
    }

    private Exposition scrape(String port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/prometheus"))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return Exposition.parse(response.body());
    }
}
