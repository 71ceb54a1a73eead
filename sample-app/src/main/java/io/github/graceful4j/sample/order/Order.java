package io.github.graceful4j.sample.order;

/**
 * What a customer ordered.
 *
 * @param id what the client calls the order; unique
 * @param customer who ordered
 * @param item what was ordered
 * @param quantity how many of it
 * @param amountCents what the order costs altogether
 */
record Order(String id, String customer, String item, int quantity, long amountCents) {}
