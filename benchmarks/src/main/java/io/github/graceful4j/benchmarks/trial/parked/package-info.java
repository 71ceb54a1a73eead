/** Many running jobs that wait for their end. */
@NullMarked
package io.github.graceful4j.benchmarks.trial.parked;

import org.jspecify.annotations.NullMarked;
