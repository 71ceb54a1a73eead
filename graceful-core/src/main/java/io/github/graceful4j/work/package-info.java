/** Counts units of work that are not jobs, and refuses new ones while draining. */
@NullMarked
package io.github.graceful4j.work;

import org.jspecify.annotations.NullMarked;
