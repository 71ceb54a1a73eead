package io.github.graceful4j.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.ShutdownReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GracefulEndpointTests {

    private final GracefulManager manager = GracefulManager.builder()
            .signals(false)
            .gracePeriod(Duration.ofSeconds(30))
            .build();

    private final GracefulEndpoint endpoint = new GracefulEndpoint(manager);

    @Test
    @DisplayName("S13: the endpoint shows the state and the jobs")
    void showsStateAndJobs() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        manager.addRunningJob("work", context -> {
            began.countDown();
            context.awaitCancellation();
        });
        manager.addShutdownJob("flush", context -> {});
        began.await();

        Map<String, Object> body = endpoint.graceful();

        assertThat(body).containsEntry("state", "RUNNING").containsEntry("gracePeriod", "PT30S");
        assertThat(body).doesNotContainKey("remaining");
        assertThat(jobs(body))
                .extracting(job -> job.get("name"), job -> job.get("kind"), job -> job.get("state"))
                .containsExactly(tuple("work", "RUNNING", "RUNNING"), tuple("flush", "SHUTDOWN", "WAITING"));
        assertThat(jobs(body).get(0)).containsEntry("thread", "graceful-job-work");
        manager.close();
    }

    @Test
    @DisplayName("S13: the endpoint shows the time left and what failed while stopping")
    void showsTheShutdown() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        manager.addShutdownJob("fail", context -> {
            throw new IllegalStateException("broken");
        });
        manager.addShutdownJob(
                "wait", context -> mayEnd.await(), ShutdownJobOptions.defaults().withAfter("fail"));

        manager.shutdown(ShutdownReason.requested("test"));

        Map<String, Object> body = endpoint.graceful();
        while (!jobs(body).get(0).containsKey("outcome")) {
            body = endpoint.graceful();
        }
        assertThat(body).containsEntry("state", "SHUTTING_DOWN").containsKey("remaining");
        assertThat(jobs(body).get(0))
                .containsEntry("outcome", "FAILED")
                .containsEntry("lastFailure", "java.lang.IllegalStateException: broken");
        mayEnd.countDown();
        manager.awaitDone(Duration.ofSeconds(30));
    }

    private static List<Map<String, Object>> jobs(Map<String, Object> body) {
        return assertThat(body.get("jobs")).asInstanceOf(InstanceOfAssertFactories.list(Map.class)).actual().stream()
                .map(GracefulEndpointTests::cast)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}
