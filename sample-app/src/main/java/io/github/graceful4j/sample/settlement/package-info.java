/** Settles the orders that wait, and keeps the ledger of what was settled. */
@NullMarked
package io.github.graceful4j.sample.settlement;

import org.jspecify.annotations.NullMarked;
