package io.github.graceful4j.sample.settlement;

/**
 * One order settled.
 *
 * @param orderNumber the number the database gave the order; an order is settled once, so this is the settlement's
 *     number as well
 * @param orderId the id the client gave the order
 * @param amountCents what was settled
 */
record Settlement(long orderNumber, String orderId, long amountCents) {}
