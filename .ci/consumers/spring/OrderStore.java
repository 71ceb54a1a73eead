package com.example;

import java.time.Duration;
import org.springframework.stereotype.Repository;

/** What the worker of README.md works with; it tells what it is asked for. */
@Repository
class OrderStore {

    boolean settleNext() {
        System.out.println("settled an order");
        return false;
    }

    void flushJournal() {
        System.out.println("flushed the journal");
    }

    void writeClosingBalance(Duration remaining) {
        System.out.println("wrote the closing balance, with time left: " + (remaining.compareTo(Duration.ZERO) > 0));
    }
}
