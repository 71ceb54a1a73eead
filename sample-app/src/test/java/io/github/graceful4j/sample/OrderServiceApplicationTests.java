package io.github.graceful4j.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

class OrderServiceApplicationTests {

    @Test
    @DisplayName("the application settles the orders of its load generator, and closes the ledger when it is closed")
    void settlesLoadAndClosesLedger(@TempDir Path directory) throws Exception {
        try (ConfigurableApplicationContext application = start(directory, true)) {
            JdbcClient jdbc = application.getBean(JdbcClient.class);
            await().atMost(Duration.ofSeconds(30)).until(() -> settlements(jdbc) > 20);
        }

        OrdersAudit audit = new SampleFiles(directory).audit();
        assertThat(audit.lostOrders(List.of())).isEmpty();
        assertThat(audit.missingLines()).isEmpty();
        assertThat(audit.excessLines()).isEmpty();
        assertThat(audit.wrongBalances(1)).isEmpty();
    }

    @Test
    @DisplayName("health, info, metrics and jobs are to be seen on the management port")
    void exposesEndpoints(@TempDir Path directory) {
        try (ConfigurableApplicationContext application = start(directory, false)) {
            String port = application.getEnvironment().getRequiredProperty("local.management.port");
            RestClient management = RestClient.create("http://localhost:" + port + "/actuator");

            assertThat(get(management, "")).contains("/health\"", "/info\"", "/prometheus\"", "/graceful\"");
            assertThat(get(management, "/health")).contains("\"status\":\"UP\"");
            assertThat(get(management, "/prometheus")).contains("graceful", "jvm_");
            assertThat(get(management, "/graceful")).contains("settle-orders-4", "flush-ledger", "closing-balance");
        }
    }

    private static ConfigurableApplicationContext start(Path directory, boolean load) {
        return SpringApplication.run(
                OrderServiceApplication.class,
                "--server.port=0",
                "--management.server.port=0",
                "--sample.directory=" + directory,
                "--sample.load.enabled=" + load);
    }

    private static String get(RestClient client, String uri) {
        return String.valueOf(client.get().uri(uri).retrieve().body(String.class));
    }

    private static long settlements(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from settlements").query(Long.class).single();
    }
}
