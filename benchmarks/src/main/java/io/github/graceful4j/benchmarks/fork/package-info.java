/** Runs each measurement in a process of its own, the candidates in turn, round after round. */
@NullMarked
package io.github.graceful4j.benchmarks.fork;

import org.jspecify.annotations.NullMarked;
