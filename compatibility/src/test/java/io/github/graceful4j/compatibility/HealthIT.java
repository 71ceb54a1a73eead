package io.github.graceful4j.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.graceful4j.GracefulManager;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.context.ConfigurableApplicationContext;

@Tag("actuator")
@Timeout(300)
@ResourceLock(WebApplication.IN_THIS_JVM)
class HealthIT {

    @Test
    @DisplayName("S17: S13: health is that of the jobs, and one that failed takes it down")
    void healthTellsOfFailedJobs() throws Exception {
        try (ConfigurableApplicationContext application = WebApplication.start()) {
            ManagementPort port = ManagementPort.of(application);
            assertThat(port.get("/health").body()).contains("\"graceful\":{");
            assertThat(port.get("/health/graceful").statusCode()).isEqualTo(200);

            application.getBean(GracefulManager.class).addRunningJob("broken", context -> {
                throw new IllegalStateException("a job that fails");
            });

            HttpResponse<String> failed = await().atMost(Duration.ofSeconds(60))
                    .until(() -> port.get("/health/graceful"), answer -> answer.statusCode() != 200);
            assertThat(failed.statusCode()).isEqualTo(503);
            assertThat(failed.body()).contains("\"status\":\"DOWN\"");
        }
    }
}
