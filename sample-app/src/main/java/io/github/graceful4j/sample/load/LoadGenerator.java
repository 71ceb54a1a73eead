package io.github.graceful4j.sample.load;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Plays the customers: posts orders to the service over HTTP, as long as it runs. */
@Component
@ConditionalOnBooleanProperty("sample.load.enabled")
class LoadGenerator {

    private static final Logger logger = LoggerFactory.getLogger(LoadGenerator.class);

    private static final Duration SUMMARY_INTERVAL = Duration.ofSeconds(5);

    private final RestClient client;

    private final Environment environment;

    private final Duration interval;

    private int accepted;

    private int refused;

    LoadGenerator(
            RestClient.Builder client,
            Environment environment,
            @Value("${sample.load.orders-per-second}") int ordersPerSecond) {
        this.client = client.build();
        this.environment = environment;
        this.interval = Duration.ofSeconds(1).dividedBy(ordersPerSecond);
    }

    /** Shutting down, this ends before HTTP drains: customers leave before the shop closes, so none is refused. */
    @RunningJob(name = "generate-load", phase = "#{T(Integer).MAX_VALUE - 512}")
    void generate(JobContext context) throws InterruptedException {
        String uri = "http://localhost:%s/orders".formatted(environment.getRequiredProperty("local.server.port"));
        long orderDue = System.nanoTime();
        long summaryDue = orderDue + SUMMARY_INTERVAL.toNanos();
        while (!context.awaitCancellation(Duration.ofNanos(orderDue - System.nanoTime()))) {
            post(uri);
            orderDue += interval.toNanos();
            if (System.nanoTime() >= summaryDue) {
                logger.info("Posted orders: {} accepted, {} refused", accepted, refused);
                summaryDue += SUMMARY_INTERVAL.toNanos();
            }
        }
        logger.info("Load generator ends: {} orders accepted, {} refused", accepted, refused);
    }

    private void post(String uri) {
        int quantity = ThreadLocalRandom.current().nextInt(1, 6);
        Map<String, Object> order =
                Map.of("customer", "load", "item", "apple", "quantity", quantity, "amountCents", quantity * 45);
        try {
            client.post().uri(uri).body(order).retrieve().toBodilessEntity();
            accepted++;
        } catch (RestClientException e) {
            refused++;
            logger.debug("An order was refused", e);
        }
    }
}
