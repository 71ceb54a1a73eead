/** For frameworks only: what starts and stops a manager phase by phase, among phases that are not its own. */
@NullMarked
package io.github.graceful4j.spi;

import org.jspecify.annotations.NullMarked;
