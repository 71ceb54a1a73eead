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
class PageIT {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    /** What Boot does without a configuration; the class path of the tests has one. */
    private static final String STRUCTURED_LOGGING = """
            <configuration>
              <include resource="org/springframework/boot/logging/logback/defaults.xml"/>
              <include resource="org/springframework/boot/logging/logback/structured-console-appender.xml"/>
              <root level="INFO"><appender-ref ref="CONSOLE"/></root>
            </configuration>
            """;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private ApplicationProcess start() {
        return ApplicationProcess.start(
                WebApplication.class,
                "--server.port=0",
                "--management.endpoints.web.exposure.include=graceful",
                "--graceful.drain.delay=4s",
                "--graceful.report.html=true",
                "--graceful.report.file=" + directory.resolve("shutdown.json"),
                "--logging.level.io.github.graceful4j=info");
    }

    private HttpResponse<String> get(ApplicationProcess application, String accept, String query) throws Exception {
        String port = application.linesAfter("> port ").get(0);
        URI uri = URI.create("http://localhost:" + port + "/actuator/graceful" + query);
        return client.send(
                HttpRequest.newBuilder(uri).header("Accept", accept).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String contentType(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    @Test
    @DisplayName("S13: S14: a browser gets the page before, during and after a shutdown, everyone else JSON")
    void servesThePage() throws Exception {
        try (ApplicationProcess first = start()) {
            first.awaitLine("> management port ");

            HttpResponse<String> page = get(first, BROWSER, "");
            assertThat(contentType(page)).isEqualToIgnoringCase("text/html;charset=UTF-8");
            assertThat(page.body()).contains("No shutdown yet", "jobs.work").doesNotContain("shutdown=previous");
            for (String accept : new String[] {"*/*", "application/json"}) {
                HttpResponse<String> json = get(first, accept, "");
                assertThat(contentType(json)).contains("json");
                assertThat(json.body()).startsWith("{").contains("jobs.work");
            }
            assertThat(get(first, BROWSER, "?shutdown=previous").statusCode()).isEqualTo(404);
            assertThat(get(first, BROWSER, "?shutdown=next").statusCode()).isEqualTo(400);

            first.terminate().awaitLine("Readiness is off");

            String during = get(first, BROWSER, "").body();
            for (int again = 0; again < 10 && !during.contains("Drain"); again++) {
                during = get(first, BROWSER, "").body(); // which has lasted less than a millisecond
            }
            assertThat(during).contains("Shutting down", "http-equiv=\"refresh\"", "Drain", "jobs.work");
            assertThat(first.awaitExit()).isEqualTo(143);
        }
        assertThat(Files.readString(directory.resolve("shutdown.html"))).contains("Shutdown was clean", "jobs.flush");

        try (ApplicationProcess second = start()) {
            second.awaitLine("> management port ");

            assertThat(get(second, BROWSER, "").body()).contains("?shutdown=previous");
            assertThat(get(second, BROWSER, "?shutdown=previous").body())
                    .isEqualToIgnoringWhitespace(Files.readString(directory.resolve("shutdown.html"))
                            .replace(
                                    "</h1>",
                                    "</h1><nav aria-label=\"Other pages\"><a"
                                            + " href=\"?shutdown=current\">This process</a></nav>"));
        }
    }

    @Test
    @DisplayName("C19: Boot's structured logging has the fields of a shutdown")
    void structuredLoggingHasTheFields() throws IOException {
        Path logging = directory.resolve("logback.xml");
        Files.writeString(logging, STRUCTURED_LOGGING);
        try (ApplicationProcess application = ApplicationProcess.start(
                WorkerApplication.class,
                "--failing-job=true",
                "--logging.structured.format.console=ecs",
                "--logging.config=" + logging,
                "--logging.level.io.github.graceful4j=info")) {
            application.awaitLine("> main ended").terminate();
            application.awaitExit();

            String end = only(application, "Jobs ended FAILED");
            assertThat(JsonPath.<String>read(end, "$.graceful.outcome")).isEqualTo("FAILED");
            assertThat(JsonPath.<Double>read(end, "$.graceful.elapsed")).isPositive();
            String begin = only(application, "Shutdown began");
            assertThat(JsonPath.<String>read(begin, "$.graceful.trigger")).isEqualTo("SIGNAL");
            assertThat(JsonPath.<Integer>read(begin, "$.graceful.jobs"))
                    .as("those of the application, and Spring Boot's executor")
                    .isEqualTo(4);
            assertThat(JsonPath.<String>read(only(application, "Job 'failingJob.fail' failed"), "$.graceful.job"))
                    .isEqualTo("failingJob.fail");
        }
    }

    private static String only(ApplicationProcess application, String text) {
        return application.lines().stream()
                .filter(line -> line.startsWith("{") && line.contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError(String.join("\n", application.lines())));
    }
}
