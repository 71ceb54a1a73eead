package io.github.graceful4j.spring.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
@Timeout(600)
class CloseReasonIT {

    private static final String INFO = "--logging.level.io.github.graceful4j=info";

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    @DisplayName("S22: the reason names the signal, which ends the process as ever")
    void reasonNamesTheSignal(String signal, int exitCode) {
        try (ApplicationProcess application = start(List.of(), INFO)) {
            application.awaitLine("> main ended").send(signal);

            assertThat(application.awaitExit()).isEqualTo(exitCode);
            assertThat(log(application)).contains("Shutdown began (reason: SIG" + signal + ")");
            assertThat(application.linesAfter("> ")).containsSubsequence("work ended", "flushed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exit, 3, System.exit was called by thread 'main'",
        "spring-exit, 0, application context 'application' is closing: SpringApplication.exit was called",
    })
    @DisplayName("S22: the reason tells apart who ends the application")
    void reasonTellsWhoEndsIt(String how, int exitCode, String reason) {
        try (ApplicationProcess application = start(List.of(), INFO, "--end-by=" + how)) {
            assertThat(application.awaitExit()).isEqualTo(exitCode);
            assertThat(log(application)).contains("Shutdown began (reason: " + reason + ")");
        }
    }

    @Test
    @DisplayName("S22: the reason names the shutdown endpoint")
    void reasonNamesTheEndpoint() throws Exception {
        try (ApplicationProcess application = ApplicationProcess.start(
                WebApplication.class,
                "--server.port=0",
                "--management.server.port=0",
                "--management.endpoint.shutdown.access=unrestricted",
                "--management.endpoints.web.exposure.include=shutdown",
                INFO)) {
            application.awaitLine("> management port ");
            String port = application.linesAfter("> management port ").get(0);
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/shutdown"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();

            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());

            assertThat(application.awaitExit()).isZero();
            assertThat(log(application)).contains("is closing: the shutdown endpoint was called)");
        }
    }

    @Test
    @DisplayName("S22: the reason names a restart by DevTools")
    void reasonNamesDevTools() {
        Path devTools = Path.of("target", "spring-boot-devtools", "spring-boot-devtools.jar");
        try (ApplicationProcess application = ApplicationProcess.startWithSignals(
                List.of("-Dspring.devtools.livereload.enabled=false"),
                SignalledApplication.class,
                List.of(devTools.toAbsolutePath()),
                INFO,
                "--end-by=devtools")) {
            application.awaitLine("is closing: DevTools restarts it)");
        }
    }

    private static ApplicationProcess start(List<String> options, String... arguments) {
        return ApplicationProcess.startWithSignals(options, SignalledApplication.class, List.of(), arguments);
    }

    private static String log(ApplicationProcess application) {
        return String.join("\n", application.lines());
    }
}
