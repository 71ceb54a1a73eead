/** The same tests for each Spring Boot line, on the packaged starter. */
@NullMarked
package io.github.graceful4j.compatibility;

import org.jspecify.annotations.NullMarked;
