package io.github.graceful4j.sample.settlement;

import io.github.graceful4j.spring.ShutdownJob;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Closes the ledger's day when the service shuts down: the workers have ended, the database still answers. */
@Component
class LedgerClosing {

    private static final Logger logger = LoggerFactory.getLogger(LedgerClosing.class);

    private final Ledger ledger;

    private final SettlementRepository settlements;

    LedgerClosing(Ledger ledger, SettlementRepository settlements) {
        this.ledger = ledger;
        this.settlements = settlements;
    }

    /** Writes the lines still in memory. */
    @ShutdownJob(name = "flush-ledger")
    void flush() throws IOException {
        logger.info("Flushed {} lines to the ledger", ledger.flush());
    }

    /** Sums up, once all lines are written. */
    @ShutdownJob(name = "closing-balance", after = "flush-ledger")
    void writeBalance() throws IOException {
        Balance balance = settlements.balance();
        ledger.write(balance);
        logger.info("Closing balance: {} orders settled, {} cents", balance.orders(), balance.amountCents());
    }
}
