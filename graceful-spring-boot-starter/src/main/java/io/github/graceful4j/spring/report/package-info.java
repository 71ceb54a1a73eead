/** The report that outlives the process. */
@NullMarked
package io.github.graceful4j.spring.report;

import org.jspecify.annotations.NullMarked;
