/** Posts orders to the service itself, so that there is something to see. */
@NullMarked
package io.github.graceful4j.sample.load;

import org.jspecify.annotations.NullMarked;
