/** Meters of many jobs, and what it costs to read them. */
@NullMarked
package io.github.graceful4j.benchmarks.trial.meter;

import org.jspecify.annotations.NullMarked;
