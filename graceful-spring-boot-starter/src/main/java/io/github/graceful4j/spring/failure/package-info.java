/** Says what has to be changed when an application cannot start as it is set up. */
@NullMarked
package io.github.graceful4j.spring.failure;

import org.jspecify.annotations.NullMarked;
