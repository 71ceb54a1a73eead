/** What a whole process pays, from its start to its exit. */
@NullMarked
package io.github.graceful4j.benchmarks.trial.process;

import org.jspecify.annotations.NullMarked;
