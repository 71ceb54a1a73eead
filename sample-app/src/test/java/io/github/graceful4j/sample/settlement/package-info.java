@NullMarked
package io.github.graceful4j.sample.settlement;

import org.jspecify.annotations.NullMarked;
