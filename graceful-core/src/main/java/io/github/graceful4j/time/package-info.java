/** Monotonic time that a test can move by hand. */
@NullMarked
package io.github.graceful4j.time;

import org.jspecify.annotations.NullMarked;
