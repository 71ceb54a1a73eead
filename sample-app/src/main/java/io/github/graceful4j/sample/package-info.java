/** An order service that loses no order, however it is stopped: the starter at work. */
@NullMarked
package io.github.graceful4j.sample;

import org.jspecify.annotations.NullMarked;
