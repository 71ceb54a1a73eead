/** Finds annotated methods, checks them, and registers them as jobs. */
@NullMarked
package io.github.graceful4j.spring.job;

import org.jspecify.annotations.NullMarked;
