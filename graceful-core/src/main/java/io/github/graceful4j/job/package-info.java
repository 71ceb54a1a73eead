/** What a job is: the work, how it is told to end, how it is set up, and what came of it. */
@NullMarked
package io.github.graceful4j.job;

import org.jspecify.annotations.NullMarked;
