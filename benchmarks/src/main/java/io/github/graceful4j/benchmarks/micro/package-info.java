/** What takes nanoseconds, measured by JMH. */
@NullMarked
package io.github.graceful4j.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
