package io.github.graceful4j.sample.settlement;

import io.github.graceful4j.job.FailurePolicy;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Settles order after order, until it is told to end: the order in hand is finished, the next one not begun. */
@Component
class SettlementWorker {

    private static final Logger logger = LoggerFactory.getLogger(SettlementWorker.class);

    private static final Duration PAUSE_WITHOUT_ORDERS = Duration.ofMillis(200);

    private final SettlementRepository settlements;

    private final Ledger ledger;

    SettlementWorker(SettlementRepository settlements, Ledger ledger) {
        this.settlements = settlements;
        this.ledger = ledger;
    }

    /**
     * Four of these run side by side. Shutting down, they end after HTTP has drained, so they see every order taken.
     * One that fails, because the database does not answer, say, comes back after a while.
     */
    @RunningJob(name = "settle-orders", concurrency = "4", onFailure = FailurePolicy.Action.RESTART)
    void settleOrders(JobContext context) throws IOException, InterruptedException {
        int settled = 0;
        while (!context.isCancelled()) {
            Optional<Settlement> settlement = settlements.settleNext();
            if (settlement.isPresent()) {
                ledger.append(settlement.get());
                settled++;
            } else {
                // a sleep that shutdown ends at once
                context.awaitCancellation(PAUSE_WITHOUT_ORDERS);
            }
        }
        logger.info("Job '{}' settled {} orders and ends", context.name(), settled);
    }
}
