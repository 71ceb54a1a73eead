/** Takes orders in over HTTP and keeps them. */
@NullMarked
package io.github.graceful4j.sample.order;

import org.jspecify.annotations.NullMarked;
