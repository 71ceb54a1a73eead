/** Has Spring start and stop the manager's phases among its own, within one grace period. */
@NullMarked
package io.github.graceful4j.spring.lifecycle;

import org.jspecify.annotations.NullMarked;
