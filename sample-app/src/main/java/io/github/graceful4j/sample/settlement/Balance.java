package io.github.graceful4j.sample.settlement;

/**
 * All settlements summed up.
 *
 * @param orders how many orders were settled
 * @param amountCents what was settled altogether
 */
record Balance(long orders, long amountCents) {}
