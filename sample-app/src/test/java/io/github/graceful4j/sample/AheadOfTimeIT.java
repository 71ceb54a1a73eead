package io.github.graceful4j.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The service as it was processed ahead of time: what is a bean was decided when it was built. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no SIGTERM")
@Timeout(600)
class AheadOfTimeIT {

    private static final int WAITING_ORDERS = 200;

    private static final int TERMINATED = 128 + 15;

    private final OrderClient client = new OrderClient();

    private final SampleFiles files;

    AheadOfTimeIT(@TempDir Path directory) {
        this.files = new SampleFiles(directory);
    }

    @Test
    @DisplayName("S3: processed ahead of time, the service settles orders, and SIGTERM closes its ledger")
    void settlesOrdersAndClosesLedger() throws Exception {
        files.topUpWaitingOrders(WAITING_ORDERS);
        SampleProcess sample = SampleProcess.startAheadOfTime(files.directory(), "--sample.load.enabled=true");

        try {
            client.postUntilStopped(
                    sample,
                    20,
                    () -> assertThat(sample.terminate()).as(sample::output).isEqualTo(TERMINATED));
        } finally {
            sample.kill();
        }

        assertThat(sample.output())
                .contains("Starting AOT-processed OrderServiceApplication")
                .as("a bean that was not one when the service was built, and that a scan would find now")
                .doesNotContain("Load generator");
        assertThat(sample.output())
                .contains("Job 'settle-orders-1' settled ", "Job 'settle-orders-4' settled ", "Closing balance: ")
                .containsPattern("Job 'settle-orders-\\d' settled [1-9]");
        OrdersAudit audit = files.audit();
        assertThat(audit.lostOrders(client.promised())).isEmpty();
        assertThat(audit.missingLines()).isEmpty();
        assertThat(audit.excessLines()).isEmpty();
        assertThat(audit.wrongBalances(1)).isEmpty();
    }
}
