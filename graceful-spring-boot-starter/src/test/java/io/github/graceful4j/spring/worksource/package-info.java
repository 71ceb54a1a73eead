/** Work sources, each with the real library. */
@NullMarked
package io.github.graceful4j.spring.worksource;

import org.jspecify.annotations.NullMarked;
