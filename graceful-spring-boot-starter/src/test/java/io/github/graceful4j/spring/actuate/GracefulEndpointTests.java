package io.github.graceful4j.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobOutcome;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.spring.Readme;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import io.github.graceful4j.spring.autoconfigure.GracefulEndpointAutoConfiguration;
import io.github.graceful4j.spring.autoconfigure.GracefulPageAutoConfiguration;
import io.github.graceful4j.work.UnitOfWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

@Timeout(60)
class GracefulEndpointTests {

    @TempDir
    private Path directory;

    private Path file;
    private ApplicationContextRunner contextRunner;

    @BeforeEach
    void setUp() {
        file = directory.resolve("shutdown.json");
        contextRunner = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(GracefulAutoConfiguration.class, GracefulEndpointAutoConfiguration.class))
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=graceful", "graceful.report.file=" + file);
    }

    private static GracefulManager manager(ApplicationContext context) {
        return context.getBean(GracefulManager.class);
    }

    private static Map<String, Object> body(ApplicationContext context) {
        return context.getBean(GracefulEndpoint.class).graceful(SecurityContext.NONE, null, null, null, null, null);
    }

    private static @Nullable Map<String, Object> body(ApplicationContext context, String job) {
        return context.getBean(GracefulEndpoint.class).job(SecurityContext.NONE, job.split("/"));
    }

    private static void begin(ApplicationContext context) {
        manager(context).phaseControl().begin(ShutdownReason.contextClosed("application context 'orders'"));
    }

    /** Waits until a job has ended so, and is counted among those that have. */
    private static void awaitOutcome(ApplicationContext context, JobOutcome outcome) {
        GracefulManager manager = manager(context);
        while (manager.jobs().stream().noneMatch(job -> job.outcome() == outcome)
                || manager.jobCount(JobKind.RUNNING, JobState.ENDED) == 0) {
            Thread.onSpinWait();
        }
    }

    /** Leaves the report of a shutdown in which a job failed. */
    private void shutDownOnce() {
        contextRunner.run(context -> manager(context).addShutdownJob("flush", job -> {
            throw new IllegalStateException("secret of the last process");
        }));
    }

    @Test
    @DisplayName("S13: the endpoint shows the state, the work and the jobs; and no shutdown while there is none")
    void showsStateAndJobs() {
        contextRunner.run(context -> {
            CountDownLatch began = new CountDownLatch(1);
            manager(context).addRunningJob("work", job -> {
                began.countDown();
                job.awaitCancellation();
            });
            manager(context).addShutdownJob("flush", job -> {});
            began.await();
            UnitOfWork unit = manager(context).workTracker().enter();

            Map<String, Object> body = body(context);

            unit.close(); // or the close of the context would wait for it
            assertThat(body).containsOnlyKeys("state", "gracePeriod", "work", "jobCounts", "jobs");
            assertThat(body).containsEntry("state", "STARTED");
            assertThat(body.get("gracePeriod")).hasToString("25");
            assertThat(body.get("work")).isEqualTo(Map.of("draining", false, "inFlight", 1L, "refused", 0L));
            assertThat(jobs(body)).extracting(job -> job.get("name")).containsExactly("work", "flush");
            assertThat(jobs(body)).extracting(job -> job.get("state")).containsExactly("ACTIVE", "WAITING");
            assertThat(jobs(body).get(0)).containsEntry("thread", "graceful-job-work");
            assertThat(jobs(body).get(1)).containsEntry("kind", "SHUTDOWN").doesNotContainKey("thread");
        });
    }

    @Test
    @DisplayName("S13: while shutting down, the endpoint shows who asked, since when, until when, and the time left")
    void showsTheShutdown() {
        contextRunner.run(context -> {
            begin(context);

            Map<?, ?> shutdown =
                    (Map<?, ?>) Objects.requireNonNull(body(context).get("shutdown"));

            assertThat(shutdown.get("reason"))
                    .isEqualTo(
                            Map.of("kind", "CONTEXT_CLOSED", "description", "application context 'orders' is closing"));
            Instant began = Instant.parse(String.valueOf(shutdown.get("began")));
            assertThat(Instant.parse(String.valueOf(shutdown.get("deadline")))).isEqualTo(began.plusSeconds(25));
            assertThat(Double.parseDouble(String.valueOf(shutdown.get("remaining"))))
                    .isBetween(0.0, 25.0);
        });
    }

    @Test
    @DisplayName("S13: S19: while the application is closed, endpoint and page name the bean that it waits for")
    void namesWhatIsWaitedFor() {
        CountDownLatch mayStop = new CountDownLatch(1);
        contextRunner
                .withConfiguration(AutoConfigurations.of(GracefulPageAutoConfiguration.class))
                .withBean("webServer", Hanging.class, () -> new Hanging(mayStop))
                .run(context -> {
                    manager(context).addShutdownJob("flush", job -> {});
                    GracefulPageExtension page = context.getBean(GracefulPageExtension.class);
                    GracefulEndpoint endpoint = context.getBean(GracefulEndpoint.class);
                    Thread closing = new Thread(context.getSourceApplicationContext()::close);
                    closing.start();

                    assertThat(mayStop.getCount()).isOne();
                    while (!waitingFor(endpoint).equals(List.of("webServer"))) {
                        Thread.onSpinWait();
                    }
                    assertThat(page.page(SecurityContext.NONE, null, null).getBody())
                            .contains("Waits for bean &#39;webServer&#39; to stop");

                    mayStop.countDown();
                    closing.join();
                    assertThat(waitingFor(endpoint)).isEqualTo(List.of());
                });
    }

    private static Object waitingFor(GracefulEndpoint endpoint) {
        Map<?, ?> shutdown = (Map<?, ?>) endpoint.graceful(SecurityContext.NONE, null, null, null, null, null)
                .get("shutdown");
        return shutdown == null ? List.of() : Objects.requireNonNull(shutdown.get("waitingFor"));
    }

    private static final class Hanging implements SmartLifecycle {

        private final CountDownLatch mayStop;
        private volatile boolean running;

        private Hanging(CountDownLatch mayStop) {
            this.mayStop = mayStop;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public void stop(Runnable callback) {
            new Thread(() -> {
                        try {
                            mayStop.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        callback.run();
                    })
                    .start();
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    @Test
    @DisplayName("S13: a shutdown without a limit has no grace period and no deadline")
    void noDeadlineWithoutLimit() {
        contextRunner.withPropertyValues("graceful.grace-period=unlimited").run(context -> {
            begin(context);

            Map<String, Object> body = body(context);
            assertThat(body).doesNotContainKey("gracePeriod");
            assertThat(((Map<?, ?>) Objects.requireNonNull(body.get("shutdown"))).keySet())
                    .hasToString("[reason, began, waitingFor]");
        });
    }

    @Test
    @DisplayName("S13: of a failure, the class is shown, and the message only where that was asked for")
    void messagesAreHidden() {
        contextRunner.run(context -> {
            failWithMessage(context);

            assertThat(body(context).toString()).doesNotContain("secret");
            assertThat(jobs(body(context)).get(0))
                    .containsEntry("outcome", "FAILED")
                    .containsEntry("lastFailure", Map.of("type", "java.lang.IllegalStateException"));
            assertThat(shutdownOf(context)).contains("IllegalStateException").doesNotContain("secret");
        });
        contextRunner
                .withPropertyValues("management.endpoint.graceful.show-values=when-authorized")
                .run(context -> {
                    failWithMessage(context);

                    assertThat(body(context).toString()).doesNotContain("secret");
                });
        contextRunner
                .withPropertyValues("management.endpoint.graceful.show-values=always")
                .run(context -> {
                    failWithMessage(context);

                    assertThat(jobs(body(context)).get(0))
                            .containsEntry(
                                    "lastFailure",
                                    Map.of("type", "java.lang.IllegalStateException", "message", "secret"));
                    assertThat(shutdownOf(context)).contains("secret");
                });
    }

    private static String shutdownOf(ApplicationContext context) {
        Throwable failure =
                Objects.requireNonNull(manager(context).jobs().get(0).lastFailure());
        manager(context).phaseControl().begin(ShutdownReason.jobFailed("pay", failure));
        return String.valueOf(body(context).get("shutdown"));
    }

    private static void failWithMessage(ApplicationContext context) {
        manager(context).addRunningJob("pay", job -> {
            throw new IllegalStateException("secret");
        });
        awaitOutcome(context, JobOutcome.FAILED);
    }

    @Test
    @DisplayName("S14: the endpoint shows the report of the last shutdown, without messages")
    void showsPreviousShutdown() {
        shutDownOnce();

        contextRunner.run(context -> {
            Map<?, ?> previous =
                    (Map<?, ?>) Objects.requireNonNull(body(context).get("previousShutdown"));

            assertThat(previous.get("outcome")).isEqualTo("FAILED");
            assertThat(previous.get("stuckJobs")).isEqualTo(List.of());
            assertThat(JsonPath.<String>read(previous, "$.report.phases[0].jobs[0].failure.type"))
                    .isEqualTo("java.lang.IllegalStateException");
            assertThat(previous.toString()).doesNotContain("secret");
        });
        shutDownOnce();
        contextRunner
                .withPropertyValues("management.endpoint.graceful.show-values=always")
                .run(context -> assertThat(body(context).toString()).contains("secret of the last process"));
    }

    @Test
    @DisplayName("S14: the endpoint says that the last process died without a shutdown")
    void showsUncleanPreviousShutdown() throws IOException {
        Files.writeString(
                file.resolveSibling("shutdown.json.running"), Instant.now().toString());

        contextRunner.run(context -> assertThat(body(context).get("previousShutdown"))
                .isEqualTo(Map.of("outcome", "UNCLEAN", "stuckJobs", List.of())));
    }

    @Test
    @DisplayName("S13: one job is shown with its stack, and both jobs of a name; unknown ones are not")
    void showsOneJob() {
        contextRunner.run(context -> showsStack(context, "orders/settle all-1"));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @DisplayName("S13: S15: one job on a virtual thread is shown with its stack")
    void showsOneVirtualJob() {
        contextRunner
                .withPropertyValues("spring.threads.virtual.enabled=true")
                .run(context -> showsStack(context, "virtual"));
    }

    private static void showsStack(ApplicationContext context, String name) throws InterruptedException {
        CountDownLatch began = new CountDownLatch(1);
        manager(context).addRunningJob(name, job -> {
            began.countDown();
            job.awaitCancellation();
        });
        manager(context).addShutdownJob(name, job -> {});
        began.await();

        List<Map<String, Object>> jobs = jobs(Objects.requireNonNull(body(context, name)));

        assertThat(jobs).extracting(job -> job.get("kind")).containsExactly("RUNNING", "SHUTDOWN");
        assertThat(String.valueOf(jobs.get(0).get("stack"))).contains(GracefulEndpointTests.class.getName());
        assertThat(jobs.get(1)).doesNotContainKey("stack");
        assertThat(body(context, "none")).isNull();
    }

    @Test
    @DisplayName("S13: the README's examples have the keys that the endpoint returns")
    void readmeExamplesAreTrue() throws IOException {
        shutDownOnce();
        FailurePolicy restart = FailurePolicy.restart().withDelay(Duration.ofDays(1), Duration.ofDays(1));

        contextRunner.run(context -> {
            manager(context).addRunningJob("work", JobContext::awaitCancellation);
            manager(context)
                    .addRunningJob(
                            "poll",
                            job -> {
                                throw new IllegalStateException("broken");
                            },
                            RunningJobOptions.defaults().withFailurePolicy(restart));
            manager(context).addRunningJob("import", job -> {});
            awaitOutcome(context, JobOutcome.COMPLETED);
            while (manager(context).jobs().get(1).lastFailure() == null) {
                Thread.onSpinWait();
            }
            begin(context);

            assertThat(keys(example("\"state\": \"SHUTTING_DOWN\""))).isEqualTo(keys(body(context)));
            assertThat(keys(example("\"stack\""))).isEqualTo(keys(Objects.requireNonNull(body(context, "poll"))));
        });
    }

    private static Object example(String content) throws IOException {
        return JsonPath.parse(Readme.blocks("json").stream()
                        .filter(block -> block.contains(content))
                        .findFirst()
                        .orElseThrow())
                .json();
    }

    /** Returns all keys with the way to them, except those in the report, which has a schema. */
    private static SortedSet<String> keys(Object json) {
        SortedSet<String> keys = new TreeSet<>();
        addKeys(keys, "", json);
        return keys;
    }

    private static void addKeys(SortedSet<String> keys, String way, @Nullable Object json) {
        if (json instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                keys.add(way + "." + key);
                if (!key.equals("report")) {
                    addKeys(keys, way + "." + key, value);
                }
            });
        } else if (json instanceof Collection<?> elements) {
            elements.forEach(element -> addKeys(keys, way, element));
        }
    }

    private static List<Map<String, Object>> jobs(Map<String, Object> body) {
        return JsonPath.read(body, "$.jobs");
    }
}
