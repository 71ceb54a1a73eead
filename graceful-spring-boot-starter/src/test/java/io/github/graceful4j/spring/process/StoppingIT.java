package io.github.graceful4j.spring.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
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
class StoppingIT {

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    @DisplayName("S13: S5: while a job stops, readiness is down, liveness up, and the endpoint tells where the job is")
    void managementPortAnswersWhileJobsStop(@TempDir Path directory) throws Exception {
        Path mayEnd = directory.resolve("may-end");
        try (ApplicationProcess application = ApplicationProcess.start(
                WebApplication.class,
                "--server.port=0",
                "--management.server.port=0",
                "--management.endpoint.health.probes.enabled=true",
                "--management.endpoint.health.show-details=always",
                "--management.endpoints.web.exposure.include=health,graceful",
                "--graceful.grace-period=100s",
                "--linger-until=" + mayEnd)) {
            application.awaitLine("> management port ");
            String actuator = "http://localhost:"
                    + application.linesAfter("> management port ").get(0) + "/actuator";
            assertThat(get(actuator + "/health/readiness").statusCode()).isEqualTo(200);

            application.terminate().awaitLine("> lingering");

            HttpResponse<String> readiness = get(actuator + "/health/readiness");
            HttpResponse<String> liveness = get(actuator + "/health/liveness");
            HttpResponse<String> graceful = get(actuator + "/graceful");
            HttpResponse<String> job = get(actuator + "/graceful/lingering.linger");
            assertThat(readiness.statusCode()).isEqualTo(503);
            assertThat(read(readiness, "$.status")).isEqualTo("OUT_OF_SERVICE");
            assertThat(liveness.statusCode()).isEqualTo(200);
            assertThat(read(liveness, "$.status")).isEqualTo("UP");
            assertThat(read(get(actuator + "/health"), "$.components.graceful.status"))
                    .isEqualTo("UP");
            assertThat(read(graceful, "$.state")).isEqualTo("SHUTTING_DOWN");
            assertThat(read(graceful, "$.shutdown.reason.kind")).isEqualTo("SIGNAL");
            assertThat(read(job, "$.jobs[0].state")).isEqualTo("STOPPING");
            assertThat(read(job, "$.jobs[0].stack")).contains("WebApplication$Lingering.linger");
            Files.createFile(mayEnd);
            assertThat(application.awaitExit()).isEqualTo(143);
        }
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String read(HttpResponse<String> response, String path) {
        return String.valueOf(JsonPath.<Object>read(response.body(), path));
    }
}
