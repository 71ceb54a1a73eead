@NullMarked
package io.github.graceful4j.sample;

import org.jspecify.annotations.NullMarked;
