/** Meters of jobs and of the shutdown. */
@NullMarked
package io.github.graceful4j.spring.metrics;

import org.jspecify.annotations.NullMarked;
