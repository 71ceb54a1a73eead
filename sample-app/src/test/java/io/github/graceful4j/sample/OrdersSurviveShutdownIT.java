package io.github.graceful4j.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stops the service while it is busy, again and again, and counts what is left. Each run stops it at other moments; to
 * try more of them in one, set {@code -Dsample.rounds=50}.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no SIGTERM")
class OrdersSurviveShutdownIT {

    private static final int ROUNDS = Integer.getInteger("sample.rounds", 5);

    private static final int WAITING_ORDERS = 3000;

    private static final int TERMINATED = 128 + 15;

    private static final int KILLED = 128 + 9;

    private static Path unpacked = Path.of("");

    private final OrderClient client = new OrderClient();

    private final long seed = System.nanoTime();

    private final Random random = new Random(seed);

    private final List<SampleProcess> started = new ArrayList<>();

    private final SampleFiles files;

    OrdersSurviveShutdownIT(@TempDir Path directory) {
        this.files = new SampleFiles(directory);
        System.out.println("seed of the moments to stop at: " + seed);
    }

    @BeforeAll
    static void unpack(@TempDir Path directory) throws Exception {
        unpacked = SampleProcess.unpack(directory);
    }

    @AfterEach
    void leaveNoProcess() throws InterruptedException {
        for (SampleProcess sample : started) {
            sample.kill();
        }
    }

    /**
     * After each SIGTERM database and ledger are compared as they are, before a next start could repair anything: so
     * the test fails if the shutdown jobs did not run, ran too early, or in the wrong order.
     */
    @Test
    @DisplayName(
            "SIGTERM under load, again and again: every order promised is settled once, and the ledger closed each time")
    void survivesTermination() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            SampleProcess sample = startUnderLoad();
            client.postUntilStopped(sample, someOrders(), () -> terminate(sample));
            assertClosed(round);
        }

        settleTheRest();
        assertClosed(ROUNDS + 1);
        assertThat(files.audit().unsettledOrders()).isEmpty();
        System.out.printf("%d orders promised, %d refused%n", client.promised().size(), client.unanswered());
    }

    /**
     * A killed process runs no shutdown job: this proves the design of transaction and ledger, not the library. The
     * check can fail, and did when tried: without {@code WRITE_DELAY=0} in the URL of the database promised orders were
     * lost, without the transaction orders were half settled, and without the ledger's recovery it lacked lines.
     */
    @Test
    @DisplayName(
            "SIGKILL under load, again and again: every order promised is settled once, and the next start mends the ledger")
    void survivesKill() throws Exception {
        for (int round = 1; round <= ROUNDS / 2; round++) {
            SampleProcess sample = startUnderLoad();
            client.postUntilStopped(
                    sample, someOrders(), () -> assertThat(sample.kill()).isEqualTo(KILLED));

            assertThat(files.audit().lostOrders(client.promised())).isEmpty();
            assertThat(files.audit().excessLines()).isEmpty();
        }

        settleTheRest();
        assertClosed(1);
        assertThat(files.audit().unsettledOrders()).isEmpty();
    }

    private SampleProcess startUnderLoad() throws Exception {
        files.topUpWaitingOrders(WAITING_ORDERS);
        return start("--sample.load.enabled=true");
    }

    private SampleProcess start(String... arguments) throws Exception {
        SampleProcess sample = SampleProcess.start(unpacked, files.directory(), arguments);
        started.add(sample);
        return sample;
    }

    private int someOrders() {
        return random.nextInt(1, 100);
    }

    private static void terminate(SampleProcess sample) throws InterruptedException {
        assertThat(sample.terminate()).as(sample::output).isEqualTo(TERMINATED);
    }

    private void settleTheRest() throws Exception {
        SampleProcess sample = start();
        URI summary = sample.uri("/orders/summary");
        await().atMost(Duration.ofSeconds(SampleProcess.PATIENCE_SECONDS))
                .until(() -> get(summary).contains("\"waiting\":{\"orders\":0,"));
        terminate(sample);
    }

    private static String get(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void assertClosed(int cleanStops) throws Exception {
        OrdersAudit audit = files.audit();
        assertThat(audit.lostOrders(client.promised())).isEmpty();
        assertThat(audit.missingLines()).isEmpty();
        assertThat(audit.excessLines()).isEmpty();
        assertThat(audit.wrongBalances(cleanStops)).isEmpty();
    }
}
