package io.github.graceful4j.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.report.ShutdownReason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

@Timeout(120)
class GracefulEndpointHttpTests {

    private static final String GRANTED = "management.endpoint.graceful.access=unrestricted";

    private static final String JOB = "/graceful/orders/settle%20alles-%C3%BC-1";

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger starts = new AtomicInteger();
    private @Nullable ConfigurableApplicationContext context;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    private GracefulManager start(String... properties) {
        ConfigurableApplicationContext started = new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "management.endpoints.web.exposure.include=graceful,health",
                        "management.endpoint.health.probes.enabled=true",
                        "management.endpoint.health.show-details=always")
                .properties(properties)
                .run();
        context = started;
        GracefulManager manager = started.getBean(GracefulManager.class);
        manager.addRunningJob("orders/settle alles-ü-1", job -> {
            starts.incrementAndGet();
            job.awaitCancellation();
        });
        return manager;
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(context).close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return client.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        String port = Objects.requireNonNull(context).getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator" + path));
    }

    private static String read(HttpResponse<String> response, String path) {
        return String.valueOf(JsonPath.<Object>read(response.body(), path));
    }

    private static void awaitState(GracefulManager manager, JobState state) {
        while (manager.jobs().get(0).state() != state) {
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("S13: by default the endpoint is read-only, whatever is posted to it")
    void readOnlyByDefault() throws Exception {
        GracefulManager manager = start();

        assertThat(get("/graceful").statusCode()).isEqualTo(200);
        assertThat(read(get(JOB), "$.jobs[0].name")).isEqualTo("orders/settle alles-ü-1");
        assertThat(get("/graceful/none").statusCode()).isEqualTo(404);
        assertThat(post("/graceful", "{\"action\":\"drain\"}").statusCode()).isEqualTo(405);
        assertThat(post(JOB, "{\"action\":\"stop\"}").statusCode()).isEqualTo(405);
        assertThat(manager.workTracker().isDraining()).isFalse();
        assertThat(manager.jobs().get(0).state()).isEqualTo(JobState.ACTIVE);
    }

    @Test
    @DisplayName("S13: the endpoint shows the jobs that its parameters ask for; 400 for those that make no sense")
    void parametersChooseJobs() throws Exception {
        start();

        assertThat(read(get("/graceful?state=active&kind=running&name=settle&offset=0&limit=1"), "$.jobs.length()"))
                .isEqualTo("1");
        assertThat(read(get("/graceful?state=ended"), "$.jobs.length()")).isEqualTo("0");
        assertThat(get("/graceful?state=asleep").statusCode()).isEqualTo(400);
        assertThat(get("/graceful?limit=-1").statusCode()).isEqualTo(400);
        assertThat(get("/graceful?limit=all").statusCode()).isEqualTo(400);
        assertThat(get("/graceful?offset=-1").statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName("S13: with access granted, a job is stopped and started again")
    void stopsAndStarts() throws Exception {
        GracefulManager manager = start(GRANTED);

        HttpResponse<String> stopped = post(JOB, "{\"action\":\"stop\"}");
        awaitState(manager, JobState.STOPPED);
        HttpResponse<String> started = post(JOB, "{\"action\":\"start\"}");

        assertThat(stopped.statusCode()).isEqualTo(200);
        assertThat(read(stopped, "$.jobs[0].name")).isEqualTo("orders/settle alles-ü-1");
        assertThat(started.statusCode()).isEqualTo(200);
        assertThat(read(started, "$.jobs[0].state")).isEqualTo("ACTIVE");
        while (starts.get() < 2) {
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("S13: a bad request is told what is allowed")
    void badRequests() throws Exception {
        GracefulManager manager = start(GRANTED);
        manager.addShutdownJob("flush", job -> {});

        HttpResponse<String> unknownAction = post(JOB, "{\"action\":\"kill\"}");
        HttpResponse<String> unknownManagerAction = post("/graceful", "{\"action\":\"stop\"}");
        HttpResponse<String> unknownJob = post("/graceful/none", "{\"action\":\"stop\"}");
        HttpResponse<String> shutdownJob = post("/graceful/flush", "{\"action\":\"start\"}");

        assertThat(unknownAction.statusCode()).isEqualTo(400);
        assertThat(read(unknownAction, "$.error"))
                .isEqualTo("Can't do 'kill' with job 'orders/settle alles-ü-1': use 'stop' or 'start'");
        assertThat(unknownManagerAction.statusCode()).isEqualTo(400);
        assertThat(read(unknownManagerAction, "$.error")).isEqualTo("Can't do 'stop': the only action is 'drain'");
        assertThat(post(JOB, "{}").statusCode()).isEqualTo(400);
        assertThat(unknownJob.statusCode()).isEqualTo(404);
        assertThat(read(unknownJob, "$.error"))
                .isEqualTo("Can't stop job 'none': no running job of that name is registered");
        assertThat(shutdownJob.statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("S13: draining turns readiness off and refuses new work, while all else goes on; twice is as once")
    void drains() throws Exception {
        GracefulManager manager = start(GRANTED);
        assertThat(get("/health/readiness").statusCode()).isEqualTo(200);

        HttpResponse<String> first = post("/graceful", "{\"action\":\"drain\"}");
        HttpResponse<String> second = post("/graceful", "{\"action\":\"drain\"}");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(read(first, "$.work.draining")).isEqualTo("true");
        assertThat(read(first, "$.state")).isEqualTo("STARTED");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(get("/health/readiness").statusCode()).isEqualTo(503);
        assertThat(get("/health/liveness").statusCode()).isEqualTo(200);
        assertThat(manager.workTracker().tryEnter()).isNull();
        assertThat(manager.jobs().get(0).state()).isEqualTo(JobState.ACTIVE);
    }

    @Test
    @DisplayName("S13: once shutdown began, nothing is stopped, started or drained any more")
    void tooLate() throws Exception {
        GracefulManager manager = start(GRANTED);
        manager.phaseControl().begin(ShutdownReason.jobFailed("pay", new IllegalStateException("secret")));

        HttpResponse<String> stop = post(JOB, "{\"action\":\"stop\"}");
        HttpResponse<String> drain = post("/graceful", "{\"action\":\"drain\"}");

        assertThat(stop.statusCode()).isEqualTo(409);
        assertThat(read(stop, "$.error")).isEqualTo("Can't stop job 'orders/settle alles-ü-1': shutdown began");
        assertThat(drain.statusCode()).isEqualTo(409);
        assertThat(read(drain, "$.error"))
                .startsWith("Can't drain: shutdown began at ")
                .endsWith("(reason: job 'pay' failed)");
        assertThat(manager.workTracker().isDraining()).isFalse();
    }

    @Test
    @DisplayName(
            "S13: a running job that failed makes the health DOWN with its name, and neither liveness nor readiness")
    void failedJobIsDown() throws Exception {
        GracefulManager manager = start();
        assertThat(get("/health").statusCode()).isEqualTo(200);
        CountDownLatch thrown = new CountDownLatch(1);
        manager.addRunningJob("pay", job -> {
            thrown.countDown();
            throw new IllegalStateException("secret");
        });
        thrown.await();
        while (manager.jobControl().failed().isEmpty()) {
            Thread.onSpinWait();
        }

        HttpResponse<String> health = get("/health");

        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(read(health, "$.components.graceful.status")).isEqualTo("DOWN");
        assertThat(read(health, "$.components.graceful.details.failedJobs.pay"))
                .isEqualTo("java.lang.IllegalStateException");
        assertThat(health.body()).doesNotContain("secret");
        assertThat(get("/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get("/health/readiness").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("S13: the health of jobs can be switched off")
    void healthCanBeSwitchedOff() throws Exception {
        start("management.health.graceful.enabled=false").addRunningJob("work", JobContext::awaitCancellation);

        assertThat(JsonPath.<Map<String, Object>>read(get("/health").body(), "$.components"))
                .isNotEmpty()
                .doesNotContainKey("graceful");
    }
}
