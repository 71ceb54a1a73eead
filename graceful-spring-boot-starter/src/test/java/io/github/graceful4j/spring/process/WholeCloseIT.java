package io.github.graceful4j.spring.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the close of a whole application waited for, with a real web server and a real listener container. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
@Timeout(600)
class WholeCloseIT {

    private static final Percentage TENTH = Percentage.withPercentage(10);

    private static final String INFO = "--logging.level.io.github.graceful4j=info";

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    private String file() {
        return "--graceful.report.file=" + directory.resolve("shutdown.json");
    }

    private String json() throws IOException {
        return Files.readString(directory.resolve("shutdown.json"));
    }

    private CompletableFuture<HttpResponse<InputStream>> get(ApplicationProcess application, String path) {
        String port = application.linesAfter("> port ").get(0);
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    private static long measured(ApplicationProcess application, String bean) {
        return Long.parseLong(application.linesAfter("> " + bean + " ").get(0));
    }

    /** Returns how many milliseconds the log says that something was waited for. */
    private static long logged(ApplicationProcess application, String name) {
        Matcher line =
                Pattern.compile("(\\d+\\.\\d+)s  " + name + " \\(").matcher(String.join("\n", application.lines()));
        assertThat(line.find()).as("%s in %s", name, application.lines()).isTrue();
        return Math.round(Double.parseDouble(line.group(1)) * 1_000);
    }

    @Test
    @DisplayName("S19: an application without a job says what its close waited for, with an error of a tenth at most")
    void applicationWithoutJobs() {
        try (ApplicationProcess application =
                ApplicationProcess.start(SlowCloseApplication.class, "--server.port=0", "--slow=true", INFO)) {
            application.awaitLine("> port ");
            get(application, "/slow");
            application.awaitLine("> request and message began").terminate();

            assertThat(application.awaitExit()).isEqualTo(143);

            for (String name : List.of("slowListener", "slowContainer", "webServerGracefulShutdown", "slowPool")) {
                assertThat(logged(application, name))
                        .as("%s", application.lines())
                        .isCloseTo(measured(application, name), TENTH);
            }
            assertThat(String.join("\n", application.lines()))
                    .containsPattern(
                            "Application context '.*' was closed CLEAN after \\d+ ms of 25000 ms; it waited for")
                    .contains("slowListener (listener, completed)", "slowPool (destruction, completed)")
                    .contains("webServerGracefulShutdown (lifecycle bean, completed)")
                    .doesNotContain("Shutdown began");
        }
    }

    @Test
    @DisplayName(
            "S19: S7: an open stream is what the report blames, and leaves the jobs more than half of the grace period")
    void openStream() throws IOException {
        try (ApplicationProcess application = ApplicationProcess.start(
                SlowCloseApplication.class,
                "--server.port=0",
                "--jobs=true",
                "--graceful.grace-period=10s",
                "--graceful.report.html=true",
                INFO,
                file())) {
            application.awaitLine("> port ");
            CompletableFuture<HttpResponse<InputStream>> stream = get(application, "/stream");
            application.awaitLine("> stream began");
            stream.join();
            application.terminate();

            assertThat(application.awaitExit()).isEqualTo(143);

            assertThat(application.linesAfter("> ")).containsSubsequence("settled", "flushed");
            assertThat(logged(application, "webServerGracefulShutdown")).isBetween(3_500L, 4_500L);
        }
        assertThat(JsonPath.<String>read(json(), "$.blame[0].name")).isEqualTo("webServerGracefulShutdown");
        // Between the two, there may be Tomcat's destruction, which waits once more for what still writes.
        assertThat(JsonPath.<List<String>>read(json(), "$.blame[1:3].name")).contains("jobs.settle");
        assertThat(JsonPath.<List<String>>read(json(), "$.phases[*].jobs[*].outcome"))
                .containsOnly("COMPLETED");
        assertThat(JsonPath.<String>read(json(), "$.outcome")).isEqualTo("TIMED_OUT");
        assertThat(JsonPath.<Boolean>read(json(), "$.complete")).isTrue();
        assertThat(JsonPath.<List<String>>read(json(), "$.steps[*].name"))
                .noneMatch(name -> name.matches("graceful(Running|Shutdown).*"))
                .contains("webServerGracefulShutdown", "webServerStartStop");
        assertThat(directory.resolve("shutdown.html")).content().contains("webServerGracefulShutdown", "jobs.settle");
    }

    @Test
    @DisplayName("S7: what stops before the running jobs can be given less")
    void limitBeforeJobs() throws IOException {
        try (ApplicationProcess application = ApplicationProcess.start(
                SlowCloseApplication.class,
                "--server.port=0",
                "--jobs=true",
                "--graceful.grace-period=20s",
                "--graceful.before-jobs.timeout=2s",
                INFO,
                file())) {
            application.awaitLine("> port ");
            CompletableFuture<HttpResponse<InputStream>> stream = get(application, "/stream");
            application.awaitLine("> stream began");
            stream.join();
            application.terminate();

            assertThat(application.awaitExit()).isEqualTo(143);
        }
        String web = "$.steps[?(@.name == 'webServerGracefulShutdown')]";
        assertThat(JsonPath.<List<Double>>read(json(), web + ".elapsed").get(0)).isCloseTo(2.0, within(0.3));
        assertThat(JsonPath.<List<Boolean>>read(json(), web + ".timedOut")).containsExactly(true);
    }

    @Test
    @DisplayName("S19: a close that took longer than the grace period is not clean, nor after the next start")
    void closeThatOverran() throws IOException {
        try (ApplicationProcess application = ApplicationProcess.start(
                SlowCloseApplication.class,
                "--server.port=0",
                "--overrun=3000",
                "--graceful.grace-period=2s",
                INFO,
                file())) {
            application.awaitLine("> port ").terminate();

            assertThat(application.awaitExit()).isEqualTo(143);

            assertThat(application.linesAfter("> ")).contains("others destroyed");
            assertThat(String.join("\n", application.lines()))
                    .contains("it waits for bean 'slowOthers'", "slowOthers (destruction, completed)");
        }
        assertThat(JsonPath.<String>read(json(), "$.outcome")).isEqualTo("TIMED_OUT");
        assertThat(JsonPath.<Boolean>read(json(), "$.complete")).isTrue();
        assertThat(JsonPath.<Double>read(json(), "$.elapsed")).isGreaterThan(3.0);
        assertThat(JsonPath.<String>read(json(), "$.blame[0].name")).isEqualTo("slowOthers");

        try (ApplicationProcess next = ApplicationProcess.start(
                SlowCloseApplication.class,
                "--server.port=0",
                "--management.endpoints.web.exposure.include=graceful",
                file())) {
            next.awaitLine("> port ");
            String body = body(get(next, "/actuator/graceful").join());

            assertThat(JsonPath.<String>read(body, "$.previousShutdown.outcome"))
                    .isEqualTo("TIMED_OUT");
            assertThat(JsonPath.<String>read(body, "$.previousShutdown.report.blame[0].name"))
                    .isEqualTo("slowOthers");
        }
    }

    private static String body(HttpResponse<InputStream> response) throws IOException {
        return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--graceful.halt.exit-code=75", "--no=halt"})
    @DisplayName(
            "S19: S14: a process that was halted or killed in its close has a report that is not complete, not clean")
    void closeThatWasCutShort(String argument) throws IOException {
        try (ApplicationProcess application = ApplicationProcess.start(
                SlowCloseApplication.class,
                "--server.port=0",
                "--overrun=600000",
                "--graceful.grace-period=5s",
                INFO,
                argument,
                file())) {
            application.awaitLine("> port ").terminate().awaitLine("it waits for bean 'slowOthers'");
            if (argument.equals("--no=halt")) {
                application.awaitLine("SlowOthers.destroy").kill();
            }

            assertThat(application.awaitExit()).isIn(75, 137);
        }
        assertThat(JsonPath.<Boolean>read(json(), "$.complete")).isFalse();

        try (ApplicationProcess next =
                ApplicationProcess.start(SlowCloseApplication.class, "--server.port=0", file())) {
            next.awaitLine(ReportIT.UNCLEAN);
        }
    }
}
