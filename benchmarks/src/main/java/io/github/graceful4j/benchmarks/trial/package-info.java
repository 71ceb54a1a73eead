/** What runs in such a process: a trial, which measures one candidate. */
@NullMarked
package io.github.graceful4j.benchmarks.trial;

import org.jspecify.annotations.NullMarked;
