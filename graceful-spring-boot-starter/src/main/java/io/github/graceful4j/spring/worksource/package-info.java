/** Has libraries that take up work by themselves stop before the shutdown jobs run: a small adapter for each. */
@NullMarked
package io.github.graceful4j.spring.worksource;

import org.jspecify.annotations.NullMarked;
