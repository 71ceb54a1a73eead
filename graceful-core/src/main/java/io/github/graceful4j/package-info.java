/** The manager of a service's jobs, which ends them in order, in time, and visibly. */
@NullMarked
package io.github.graceful4j;

import org.jspecify.annotations.NullMarked;
