package io.github.graceful4j.sample.order;

/**
 * The promise a client gets: the order is stored and will be settled.
 *
 * @param id the order's id
 */
record OrderReceipt(String id) {}
