/** What a shutdown was asked for, and what came of it. */
@NullMarked
package io.github.graceful4j.report;

import org.jspecify.annotations.NullMarked;
