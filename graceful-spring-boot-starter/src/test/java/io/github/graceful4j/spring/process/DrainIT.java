package io.github.graceful4j.spring.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
@Timeout(600)
class DrainIT {

    private static final String DRAINS = "Readiness is off; serving goes on for 4000 ms";

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest(name = "extra argument {0}")
    @ValueSource(strings = {"--no=argument", "--async-events=true"})
    @DisplayName("S8: S10: trap 10: a drain turns readiness off, and the application serves as before, once per close")
    void servesWhileItDrains(String argument) throws Exception {
        try (ApplicationProcess application = ApplicationProcess.start(
                WebApplication.class,
                "--server.port=0",
                "--management.server.port=0",
                "--management.endpoint.health.probes.enabled=true",
                "--graceful.drain.delay=4s",
                "--logging.level.io.github.graceful4j=info",
                argument)) {
            application.awaitLine("> management port ");
            String service =
                    "http://localhost:" + application.linesAfter("> port ").get(0);
            String health = "http://localhost:"
                    + application.linesAfter("> management port ").get(0) + "/actuator/health/";
            assertThat(statusOf(health + "readiness")).isEqualTo(200);

            application.terminate().awaitLine(DRAINS);

            assertThat(statusOf(health + "readiness")).isEqualTo(503);
            assertThat(statusOf(health + "liveness")).isEqualTo(200);
            assertThat(statusOf(service + "/order")).isEqualTo(200);
            application.awaitLine("> mail sent").awaitLine("> tick");
            assertThat(application.linesAfter("> ")).doesNotContain("work ended");
            assertThat(application.awaitExit()).isEqualTo(143);
            assertThat(application.linesAfter("> ")).containsSubsequence("mail sent", "tick", "work ended", "flushed");
            assertThat(application.lines().stream().filter(line -> line.contains(DRAINS)))
                    .hasSize(1);
            assertThat(application.lines().stream().filter(line -> line.contains("Jobs ended CLEAN")))
                    .hasSize(1);
        }
    }

    private int statusOf(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
