package io.github.graceful4j.sample.order;

/**
 * How many orders there are, by state.
 *
 * @param waiting the orders not settled yet
 * @param settled the orders settled
 * @param total all orders
 */
record OrderSummary(Totals waiting, Totals settled, Totals total) {

    static OrderSummary of(Totals waiting, Totals settled) {
        return new OrderSummary(waiting, settled, waiting.plus(settled));
    }

    /**
     * A number of orders and what they cost together.
     *
     * @param orders how many orders
     * @param amountCents the sum of their amounts
     */
    record Totals(long orders, long amountCents) {

        private Totals plus(Totals other) {
            return new Totals(orders + other.orders, amountCents + other.amountCents);
        }
    }
}
