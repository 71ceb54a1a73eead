/** Measures what the library costs, always against something else in the same run. Never published. */
@NullMarked
package io.github.graceful4j.benchmarks;

import org.jspecify.annotations.NullMarked;
