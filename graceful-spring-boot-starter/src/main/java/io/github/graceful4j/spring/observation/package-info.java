/** Puts jobs and the shutdown into traces, and contexts into job threads. */
@NullMarked
package io.github.graceful4j.spring.observation;

import org.jspecify.annotations.NullMarked;
