/** Shutdown jobs that run side by side. */
@NullMarked
package io.github.graceful4j.benchmarks.trial.shutdown;

import org.jspecify.annotations.NullMarked;
