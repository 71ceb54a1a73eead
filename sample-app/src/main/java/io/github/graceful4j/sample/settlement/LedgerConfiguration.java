package io.github.graceful4j.sample.settlement;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the ledger. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    private static final Logger logger = LoggerFactory.getLogger(LedgerConfiguration.class);

    /**
     * Opens the ledger and makes it complete, before anything can settle an order. The database has been opened by then
     * and keeps any second process out of the directory.
     */
    @Bean
    Ledger ledger(@Value("${sample.directory}") Path directory, SettlementRepository settlements) throws IOException {
        Ledger ledger = new Ledger(LedgerFile.open(directory.resolve("ledger.txt")));
        int recovered = ledger.recover(settlements);
        if (recovered > 0) {
            logger.info("The last process did not shut down: {} lines added to the ledger", recovered);
        }
        return ledger;
    }
}
