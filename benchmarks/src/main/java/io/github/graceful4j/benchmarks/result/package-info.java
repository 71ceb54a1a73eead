/** What is asked for, and what came of it: compared within each round, printed as a table, written as JSON. */
@NullMarked
package io.github.graceful4j.benchmarks.result;

import org.jspecify.annotations.NullMarked;
